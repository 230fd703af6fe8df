"""P07: a small kind thing that nobody owed: an offer, a treat, and no price."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import phrases
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.nodes import Span
    from app.coach.finder.talk import Block, Talk

_OFFER: Final = (
    "(can|may|could|shall|let|will|might|should) (i|we|me|us)",
    "(i|we) (will|can|could|have|am|would like to|would love to|put|threw|popped|added|slipped|got|saved|kept|packed|tucked|made|brought)",
    "(would|do|does|will|could|can) (you|he|she|they|your|the (little|wee|kids|children|boy|girl)|anybody|anyone|<person>) ~4 (like|want|fancy|care|prefer|enjoy|take|have|do with|use|sit)",
    "(you|he|she|they|your ~1 <person>) (can|could|may|might|are welcome|is welcome|is free|are free) ",
    "^ (please |here |do |just |go on |now |and |so )?(have|take|help yourself|grab|use|keep|sit|borrow|come|leave|here is|here are|wait|enjoy|get|pop|warm|charge)",
    "(help yourself|feel free|be my guest|there is|there are|here is|here are|how about|what about|fancy|care for|please (take|have|use|keep|help)|why do not you (wait|have|sit|take|leave|use))",
    "(i|we) (just )?(thought|would like)",
    "(is|are) (a (present|gift|treat)|free|on (me|us|the house)|from (me|us)|complimentary|my treat|our treat|yours)",
    "(leave|bring|give) (it|them|your|the|me|him|her)",
)
_FREE: Final = (
    "(on the house|my treat|our treat|a (little )?(present|gift|treat|something|extra) (from|for|on) ~1|as a (present|gift|treat|thank you|small|little)|with (my|our) compliments|complimentary|just because|no charge|free of charge|without charge|at no (extra )?(cost|charge)|a little something|little extra|for nothing|do not pay|no need to pay|i am not charging|we will not charge|not going to charge|it is free|for free|is free|are free|on me|present from|gift from|for the (road|journey|drive|way|wait|little one|kids|trip|train|flight)|for your (trip|journey|drive|little|<person>|wait|flight))",
)
_GIFT: Final = (
    "(on the house|my treat|our treat|a (little )?(present|gift|treat) (from|for|on)|with (my|our) compliments|complimentary|just because|a little something|is on me|present from|gift from)",
)
_THING: Final = (
    "(glass|cup|bottle|jug|mug|drop|pot|sip|can|carton) of ~3 (water|tea|coffee|juice|milk|chocolate|something|squash|lemonade|soup|cocoa|wine|prosecco|cordial|bubbly|champagne|tap)",
    "(a|some|the|any|more|iced|cold|hot|warm|fresh|an|another) ~1 (water|tea|coffee|juice|hot chocolate|cocoa|cuppa|brew|cha|chai|espresso|cappuccino|drink|soft drink|biscuit|biscuits|cookie|cookies|cake|sandwich|sandwiches|snack|snacks|fruit|apple|banana|chocolate|chocolates|sweet|sweets|lollipop|lolly|candy|mint|mints|ice cream|ice lolly|croissant|pastry|muffin|breakfast|toast|soup|dessert|slice|treat|scone|bun|toffee|squash|lemonade|nibbles)",
    "(umbrella|brolly|blanket|pillow|charger|charging cable|phone charger|cable|wifi|wi fi|password for the wifi|socket|plug|tissues|tissue|kleenex|hanky|handkerchief|newspaper|magazine|crayons|colouring|coloring|colouring book|toy|toys|toy box|teddy|sticker|stickers|balloon|balloons|flower|flowers|puzzle|book to read|books|postcard|stamp|stamps|slippers|hot water bottle|fan|cushion|heater|scarf|gloves|raincoat|poncho|pram|buggy|wheelchair|trolley|tote|gift wrap|ribbon|bow|gift bag|sample|samples|key ring|keyring|pen for keeps|reading glasses|magnifier|magnifying glass|ice pack|plaster|plasters|band aid|shower|lounge|garden|piano|playroom|play corner|fridge|microwave|kettle|back office|quiet room|quiet corner|armchair|sofa|couch|seat by|staff room|staffroom|back room|warm|heating|radiator|dog treat|treat for (the|your) dog|bowl of water|bowl|late checkout|late check out|early check in|parking ticket|ticket stamped)",
)
_KIND: Final = (
    "(stamp|validate|punch|pay|cover|clear|sort) (your|the|that|his|her) ~1 (ticket|parking|car park|meter)",
    "(do not|not have to|need not|will not|no need to|without having to) (pay|queue|walk|carry|stand|wait outside|wait in|rush)  ~3 (for (the )?parking|for (it|that)|again|out|in the (rain|cold)|all)?",
    "(threw|throw|throwing|popped|pop|slip|slipped|tuck|tucked|add|added|include|included|pack|packed|toss|tossed|chuck|chucked|stick|stuck) (in |on )?(a |an |some |you |your |one |two )?~3 (extra|spare|free|few|couple|in|on top|for (the|your|him|her|free|nothing)|little|sweets|hooks|batteries|sample|samples|biscuits|in there|in with it)",
    "(extra|spare|few more|couple of|little) ~2 (hooks|towels|sweets|batteries|pair|portion|scoop|samples|slice|biscuits)",
    "(wait|sit|stay|stand|rest|warm up|dry off|come in|settle) (in|inside|here|there)? ~2 (inside|warm|dry|with me|in here|by the (fire|heater|radiator|window)|in the (lobby|lounge|office|warm|staff|back|garden|bar|library|shade|cool)|as long as|until the rain|till the rain|in my|in our|where it is)",
    "(use|borrow|have|take) (my|our|the) ~2 (phone|desk|office|computer|printer|charger|umbrella|pen|glasses|room|toilet|bathroom|landline|wifi|kettle|fridge|microwave|car|bike|bicycle|coat|staff|lounge|shower|pool|gym|wheelchair|pram|buggy)",
    "(carry|help|walk|load|lift|wheel|push|run) (that|it|them|those|these|your|the|you|her|him|one) ~3 (to (the|your) (car|taxi|door|cab|bus|gate|stop|boot|lift|room)|out (to|for)|down for|up for|upstairs|home|round to|across the)",
    "(walk|see|run|drive) you (over|across|out|down|to|up|home|back|there)",
    "(mind|watch|hold|rock|keep an eye on|look after|entertain|amuse|play with|feed|walk) (the|your|that|his|her|him|them|it) ~2 (<person>|<pet>|pram|buggy|bags|bag|bike|luggage|case|cases|shopping|while|for you)",
    "(keep|store|hold|leave|stow|look after|mind) (your|the|that|those|these|them) ~1 (bag|bags|luggage|suitcase|suitcases|case|cases|shopping|coat|pram|bike|buggy|things|parcels) ~2 (here|behind|safe|for you|for the (day|afternoon)|in (the|our|my) (back|fridge|office|cupboard|safe)|with (me|us|reception)|while)",
    "(call|ring|get|order|book|hail|flag|whistle) (you |him |her )?(a|the) ~1 (taxi|cab|uber|lift home)",
    "(ring|press|push|stroke|pet|feed|hold|see|play|draw|have a go|try|sit in|pick|choose|blow|wear|meet|stamp) (the|a|our|at|with|some|on|something|one) ~2 (bell|button|cat|dog|fish|sticker|picture|toy|toys|balloon|crayons|drum|piano|colour|badge|hat|rabbit|goldfish|stamp|box|basket|driver|chair|drawing|prize|sweet)",
    "(warm|heat|fill|charge|dry|wrap|gift wrap|polish|print|copy|photocopy|laminate|iron|press|clean|chill) (up)? (your|the|it|that|them|this|those|baby|up)? ~2 (bottle|phone|flask|coat|bottle up|for (you|free|nothing)|while you|milk|tablet|boarding pass|map|present|gift|it for|as a|too)",
    "(upgrade|upgraded) you",
    "(map|leaflet|list|note) ~3 (drawn|draw|marked|wrote|write|jotted) ",
    "draw you (a|the)",
    "(take|have) (my|our) (umbrella|brolly|pen|card|charger|paper|seat|chair)",
    "breakfast ~3 (on|from|is) ~2 (me|us|house|present|gift|free)",
    "(first|next|this) ~2 (one|drink|round|coffee|tea|cup|lunch|dinner) is on",
    "lend you (a|an|my|our|the|some|one)",
    "(save|keep|reserve|bag) you (a|the|some) (seat|slice|good|nice|quiet|window)",
    "(late|later|early|earlier) (check ?out|checkout|check in) ~2 (no|free|on|if|for)",
    "(keep|leave) (the|our) ~2 (open|on) (for|a bit|longer|until) ",
    "(open|stay) ~2 (five|ten|a bit|a little|longer|late) (minutes |longer |late )?(for you|more)",
)
_NOT: Final = (
    "(pound|pounds|euro|euros|dollar|dollars|cent|cents|quid|bucks|rupees|naira|pence|p|kroner|francs|eighteen|percent|per cent|extra charge|surcharge|price|costs|cost|<number> (each|a|per)|plus tax|plus vat|deposit)",
    "(by law|is (there|the)|are there|do you have|where is|where are|how much|how many)  ~1",
    "(in error|by mistake) ~1 (you were|charged|we)",
    "(waived|waive|refund|refunded|reimburse|compensation|replace|replacement|credit)",
    "(back when|when it is (stamped|signed|ready)|once it is)",
    "(is|are|was|were) (included|in the price|standard|part of)",
    "(your|the) (number|account|card|passport|id|pin|details|signature|form|date of birth|name) (please|number)?  $",
    "(i|we) have (no|not|run|only|never|lost|your (passport|card|name))",
    "(out of|no) (order|milk|coffee)",
    "(machine|vending|dispenser|restaurant|bar|shop|canteen|cafe|pool|gym) (is|are|opens|closes|over|downstairs|upstairs|across|on the|sells|has)",
    "(desk|office|phone|lounge|garage|garden) (is|are|opens|closes|number|will|was|costs|needs|has)",
    "(call|ring|phone|visit|contact|go to|come to|speak to|ask) (the|our|my|that) (desk|office|branch|number|help)",
    "(leave|put|keep|take|bring|have|place) (your|the) (bag|bags|coat|phone|phones|luggage|case|cases|umbrella) ~2 (outside|off|in the (tray|locker|rack|hall)|with you|on the (floor|belt|tray)|away)  ",
    "(turn|switch) ~2 (off|phone)",
    "(would you like|do you want|need|want) (a|the|any|your) (bag|receipt|copy|carrier bag)",
    "(may|can|could|shall) (i|we) (have|see|take|scan|copy|photocopy|use|borrow|check|get) (your|the|a copy|a photocopy)",
    "tax free",
    "(tea|coffee|cup|drink|book|lounge|glass) (spilled|table|machine|room is|broke|stain)",
    "(lost|found|forgot|broke|broken|missing|stolen|damaged|wet|delayed)",
    "(do|does|did) (the|this|that|it)",
    "to take away or",
    "or (tea|coffee|juice|sparkling|still)",
    "(with|without) (milk|sugar|lemon|ice)",
    "(i|we) (will|can) (email|post|send|charge|bill) (you|it)  (the|a|to)",
    "(office|desk|phone|number) (upstairs|downstairs|hours)",
)


def extras(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find small kindnesses."""
    del talk, finds
    for sentence in block.sentences:
        if first_match(phrases(*_NOT), sentence) is not None:
            continue
        offer = first_match(phrases(*_OFFER), sentence)
        free = first_match(phrases(*_FREE), sentence)
        gift = first_match(phrases(*_GIFT), sentence)
        thing = first_match(phrases(*_KIND), sentence)
        treat = first_match(phrases(*_THING), sentence)
        if offer is not None and thing is not None:
            yield _found(sentence, thing)
        elif treat is not None and (free is not None or (offer is not None and _given(sentence))):
            yield _found(sentence, treat)
        elif gift is not None and offer is not None:
            yield _found(sentence, gift)


def _given(sentence: Span) -> bool:
    """Whether a thing is offered to them, rather than asked for or sold."""
    gives = phrases(
        "(get|bring|fetch|give|make|pour|find|offer|lend|grab|put|have|take|like|fancy|use|borrow|keep|help yourself|want|care for|enjoy|drink|eat|share|sit|wait|do with|pop|hand|spare|leave|charge|rest|warm|welcome to|there is|here is|here are|how about|some)"
    )
    return first_match(gives, sentence) is not None


def _found(sentence: Span, place: tuple[int, int]) -> Found:
    return Found("P07", max(sentence.lo, place[0] - 2), place[1], confidence=0.7)
