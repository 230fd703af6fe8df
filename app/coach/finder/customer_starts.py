"""P04: haste or small talk that the customer started, and how it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import phrases
from app.coach.finder.content import content
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.nodes import Node
    from app.coach.finder.talk import Block, Sentence, Talk

_HASTE: Final = (
    "(hurry|rush|rushing|rushed|quick|quickly|fast|faster|snappy|asap|urgent|pronto|running late|late for|be late|already late|am late|are late|short of time|no time|not (got |have )?(much |all |a lot of )?(time|all day|long)|all day|speed|double parked|double yellow|meter (is )?running|parking|taxi (is )?(waiting|outside|here|running)|cab (is )?(waiting|outside)|engine (is )?running|chop chop|in a dash|dash|tight|quicker|swift|brief|make it (quick|snappy|short|fast)|be quick|keep it short|how long (will|is|does) (this|it)|will (this|it) take|take long|speed (this|it) up|get going|got to (go|run|fly|dash|be)|have to (go|run|fly|dash|be|leave|catch|pick|get to|collect)|must (go|run|fly|dash|be|leave|catch|get to)|need to (go|run|fly|dash|be (at|in|on|back|gone)|leave|catch|get to|pick)|on my (lunch|break)|lunch (hour|break)|(train|bus|flight|plane|ferry|boat|taxi|cab|lift|meeting|class|shift|appointment|interview|gate|boarding) ~3 (in|at|leaves|goes|is|starts|waiting|closes|boards|to catch)|(catch|make|miss|missing) (the|my|a|our) ~1 (train|bus|flight|plane|ferry|boat|connection|tram|lift)|(baby|kids|child|dog|mother|husband|wife) ~2 (in the car|waiting|outside)|(two|five|ten|three|fifteen|<number>) minutes|half an hour|at work (for|by|in)|back (at|in) (work|the office|class)|i (am|have) (already )?(late|no time|a (train|bus|flight|plane|meeting|class|call|taxi|cab))|school run|pick up (the|my) (kids|children|son|daughter|boy|girl))",
)
_SHORT: Final = (
    "(quick|quickly|fast|brief|briefly|short|speedy|swift|swiftly|snappy|rapid|express|straight|right away|straight away|at once|immediately|in no time|no time|jiffy|flash|speed|hurry|rush|chop chop|pronto|two ticks|a tick|tick|moments|seconds|second|sec|minute|minutes|two shakes|run along|on your way|off you go|you are (done|off|all set|out|free)|be out|out of here|out in|out the door|away (in|to)|not (keep|hold|delay|take|be) (you|long|a|up)|never (keep|hold)|keep (it|this) (short|brief|quick)|make (it|this) (quick|short|fast|snappy)|skip|cut to|just (sign|one|the|your|tap|need)|only (need|one|the|takes)|one signature|no small talk|no chat|straight to (it|the)|get (you|this|it) (out|done|through|moving|on|going|sorted|off|away|to)|catch (your|it|that|the)|make (your|it|that) (train|flight|bus|plane|meeting|ferry)?|you will (make|catch|be (out|on|away|gone|done|there))|on time|in time|plenty of time|rest can wait|can wait|later|by email|do the rest|first thing|jump|front of|let us go|right then|done|already|sharpish|lickety|zip|whizz|fly|go go)",
)
_TALK: Final = (
    "(weather|rain|raining|rainy|snow|snowing|sunny|sunshine|sun|storm|windy|wind|foggy|fog|freezing|roasting|boiling|baking|sweltering|melting|melted|scorching|chilly|frost|icy|heat|heatwave|hot|cold|warm|humid|drizzle|lashing|pouring|bucketing|bitter|drenched|soaked|umbrella|spring|summer|autumn|winter|sky|desperate|grand|soft day|day out|fabulous day|lovely day|beautiful day|lovely morning|fine day|what a day|mild)",
    "(match|game|football|cricket|rugby|hurling|world cup|olympics|score|goal|team|tennis|final|derby|innings|marathon|race)",
    "(christmas|xmas|easter|eid|diwali|halloween|new year|holiday|holidays|weekend|bank holiday|festival|tree up|decorations|lights|fireworks|carnival|concert|wedding|birthday|anniversary|honeymoon|christening|graduation|retire*|party|vacation|trip|reunion|grandchild*|grandson|granddaughter|grandkids|newborn|new baby|baby|puppy|dog|cat|kitten|twins|daughter|son|my (mother|mum|wife|husband|sister|brother|nan|dad|father|aunt|niece|nephew|boy|girl|lad|wee|little|youngest|eldest|kids|grandmother|gran))",
    "(love|like|adore|admire|fancy) (your|the|that|those|this|what you)",
    "(what (a|an)|such a|that is a|is not (it|this|that) (a )?|these are|those are|this is (a|such)|you have (a|such|got a)|nice|what) ~2 (lovely|gorgeous|beautiful|pretty|nice|cute|adorable|fabulous|great|fancy|fine|cosy|charming|amazing|cheerful|delicious|stunning|wonderful|smell*|view|garden|flowers|plant|plants|painting|mural|lobby|picture|pictures|place|building|tie|scarf|badge|necklace|earrings|mug|jumper|sweater|nails|hair|accent|queue|crowd|music|song)",
    "(smells|smell|looks|look|sounds) (so |very |really )?(good|lovely|great|gorgeous|amazing|nice|delicious|like|of|new|different|busy|cosy|festive)",
    "(busy|quiet|mad|hectic|packed|crazy|bedlam|dead|empty|manic) (in here|today|this morning|here|tonight|out there|is it|day|morning|place|for a)",
    "(are|is) (you|it|they|this|the place) (always|ever|usually|often) (so |this |that )?(busy|quiet|packed|cold|warm|cheerful)",
    "(you|ye) (are|must be|look|have) ~2 (busy|rushed off|run off|quiet|tired|new here|tan|done up|the place|decorated|redecorated|painted|had it painted|moved the|changed the)",
    "(have|been) (you )?(seen|watch*|hear*|heard|read|try|tried|been) ~2 (the|that|last night|it|film|show|news|series|bake)",
    "(traffic|roadworks|jet lag|jetlag|flight got in|flight was|drive (here|down|up|over)|journey|train was|the bus was|bus was|m(25|50)|ferry was|got lost|long way|drove|walked|cycled|cycling|bike|hike|hiking|gym|run this morning|slept|sleep|coffee|breakfast|lunch|tea|cake|baking|garden|tomatoes|roses|fishing|knitting|my knees|stairs|getting old|at my age|old age|seventy|eighty|ninety|first time (here|in)|where (are you|is that accent) from|your accent|is that (a|an) ~2 accent|how are you|how was your|good (weekend|holiday)|you from (here|round|around)|same as ever|mondays|monday again|friday at last|nearly friday|thank god it is friday|roll on|rugby|telly|film|movie|radio|song|tune|music)",
)
_BUSINESS: Final = (
    "(appointment|account|card|refund|charge|charged|form|certificate|passport|permit|bill|invoice|payment|pay|money|booking|booked|reservation|room|key|receipt|return|exchange|order|parcel|prescription|statement|loan|transfer|deposit|copy|register|registration|renew|ticket|licence|license|document|letter|complaint|problem|broken|does not work|not working|wrong|need|want|looking for|pick up|collect|apply|report|cancel|change|lost)",
)
_TROUBLE: Final = (
    "(not|never|nobody|no one|wrong|broke|off|charged|cold and|hair|dirty|noisy|noise|smelly|leak*|hurts|itches|numb|fell|lost|stolen|missing|late again|refund|complain*|money|rent|paid|cost|drain|mould|cockroach*|bug|bugs|stain|stains|numb|pinches|concern*|different|error|mistake|fault|forgot|refuse*|reject*|block*|lock*|cancel*|delay*|closed|full|waiting|waited)",
)
_SERIOUS: Final = frozenset({"P01", "P09", "P11", "P13", "P19", "P20", "P21", "P23"})
"""Finds that show an answer to the matter, not to small talk."""
_DATA_ONLY: Final = (
    "(number|name|passport|id|card|date of birth|address|email|signature|sign|pin|ticket|form|surname|postcode|booking|reference|account|appointment|document|insurance|payment) ~3 (please|$ )",
    "(it is|that is|that will be|that comes to) (<number>|<number_word>|a hundred)",
    "(how can|what can|can|may) (i|we) (help|do)",
    "^ (next|yes|okay|right|mm|mhm|and|so|sure|yeah|well|hm|hmm|now|please|good)  $",
    "^ (take|have) a seat",
    "^ (room|window|desk|floor|gate) ",
    "^ (please )?(fill|sign|wait|take|insert|press|enter|tap|put|pay|show)",
    "<number> (with|without) breakfast",
    "machine is slow",
    "(be|take) (a|one) (minute|moment)",
)
_IN_KIND: Final = (
    "(i|me|my|mine|we|us|our|myself)  !(need|will need|have to|must|require|can|am afraid|do not have|help)",
    "(is not (it|that|she|he)|are not (they|you|we)|does not it|do not they|was not it|did not (it|they)|tell me about it|you should (see|have seen|try|hear)|do not (talk|start|get me|remind|look at)|right enough|too right|so true|never mind|imagine|wow|ha|haha|oh|ah|ooh|gosh|goodness|lovely|gorgeous|congratulations|congrats|aw|aww|brilliant|fantastic|wonderful|fabulous|amazing|delighted|bless|lucky|poor|great|grand|cracker|beautiful|thank you|thanks|glad you|know what you mean|i know|know the feeling|been there|same here|me too|you and me|join the club|could be worse|hope|enjoy|no way|really|did you|have you|are you|where|how old|what (is|was|did|are|kind|a|age|breed)|who|fingers|cheer|funny|joke|laugh|mad|crazy|terrible|awful|shocking|desperate|roasting|melted|freezing|boiling|perfect|typical|always|all week|all day|weekend|summer|winter|they say|forecast|supposed to|at least|good for|makes|beats|better than|worse than)",
)


def mirrored(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find an answer in kind to what the customer started right before."""
    if not block.before or not block.sentences or talk.written:
        return
    head = block.sentences[0]
    if any(one.practice in _SERIOUS and head.lo <= one.lo < head.hi for one in finds):
        return
    customer = block.customer()
    if first_match(phrases(*_HASTE), customer) is not None:
        for sentence in block.sentences[:2]:
            place = first_match(phrases(*_SHORT), sentence)
            if place is not None and first_match(_slow(), sentence) is None:
                yield Found("P04", place[0], place[1], confidence=0.8)
                return
    if first_match(phrases(*_TALK), customer) is None:
        return
    for serious in (_BUSINESS, _TROUBLE):
        if first_match(phrases(*serious), customer) is not None and not _chatty(customer):
            return
    if _in_kind(head, block):
        yield Found("P04", head.lo, min(head.hi, head.lo + 12), confidence=0.7)


def _chatty(customer: Sentence) -> bool:
    """Whether small talk stands beside a matter, as a sentence of its own would."""
    return len(customer.words) > 14


def _in_kind(head: Sentence, block: Block) -> bool:
    first_two = block.sentences[:2]
    if first_match(phrases(*_DATA_ONLY), head) is not None:
        return False
    theirs = set(content(block.before))
    own = {word for one in first_two for word in content(one.words[one.lo : one.hi])}
    if theirs & own:
        return True
    long = sum(one.hi - one.lo for one in first_two) >= 4
    return long and any(first_match(phrases(*_IN_KIND), one) is not None for one in first_two)


def _slow() -> tuple[Node, ...]:
    return phrases(
        "(while you are here|have you heard|before you go|did you know|we also have|loyalty|can not|no (faster|quicker)|take a (number|seat)|have to wait|you will have to wait|everyone is|wait your turn|be patient|not (get|go) (any )?(faster|quicker))"
    )
