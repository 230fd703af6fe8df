"""P25: two courses or more between which this customer can choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import phrases
from app.coach.finder.nodes import Span
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Talk

CLOSE: Final = 28
"""Words within which the offer and its “or” belong together, where no punctuation tells."""

_OFFER: Final = (
    "(you|ye|he|she|they|<person>) (can|could|may|might|are welcome to|are free to|have the choice|get to choose|can choose|choose|would be able to) ~1",
    "(i|we|my colleague) (can|could|might|may|would be (able|happy|glad) to|am able to|are able to|would gladly|will gladly|am happy to|are happy to|offer|can offer)",
    "(either|whether you|it is (up to you|your (choice|call|decision))|your (choice|call|pick)|up to you|the choice is yours|as you (like|prefer|wish)|whichever|whatever suits|what suits|which suits|take your pick|pick one|you decide|you choose)",
    "(would|do|will) you ~2 (like|prefer|rather|want|sooner|care|have|take|fancy|wish|be happier|be happy) ~2",
    "(shall|should|will|may|can) (i|we) ~8 or",
    "(what|which|how) (would|do|will|is|suits|works|sounds|one) ~4 (better|best|prefer|rather|like|suit|easier|you|sounds|works|more)",
    "(what|how) about",
    "(two|three|four|a couple of|a few|several|some|other|different|<number>) ~2 (option|options|way|ways|choices|choice|possibilities|possibility|routes|roads|things we can|things i can|things you can|solutions|alternatives|slots|times|paths|appointments|openings)",
    "(the )?options (are|would be|here)",
    "(one|first) (option|way|choice|possibility|thing) (is|would be|we|you|i)",
    "(option|plan|choice|door) (one|a|number one)",
    "(there is|there are|i have|we have|i have got|we have got|i can do|we can do|i could do|there would be) ~8 or",
    "(is it|would it be|will it be) (better|easier|best|more convenient|okay) ~10 or",
    "we (do|exchange|refund|repair|send|swap|give|credit|replace|fix) ~8 or (you|we|i)",
    "(rather|sooner) ~6 or",
    "let us (either|say)",
    "(want|like) (me|us) to ~10 or",
    "(you|it) (have|is|has|got|have got) (the|a) (choice|option)",
    "you (pay|come|wait|take|keep|have|get|bring|go|leave|stay|send|pick|do|call|write) ~10 or (you|we|i|else)",
    "(i|we) (will|would) ~8 or (i|we|you) (will|can|could|would)",
    "if you (like|prefer|want|would rather) ~10 (or|otherwise|else)",
)
_SECOND: Final = (
    "or (else |alternatively |otherwise |maybe |perhaps |instead |if you (prefer|like|would rather) |even |again |we |i |you |she |he |they |the |a |an |at |by |in |on |to |just |have |else |wait|take|get|keep|come|pay|send|go|leave|pick|do|call|write|have|stay|move|hold|spread|squeeze|swap|book|try|change|cancel|not at all|until|next|tomorrow|money|your|our|my|another|any|something|one|both|over|with|for|from|half|cash|credit|store|online|that|this|it|online|refund|repair|exchange|voucher|use|let|make|put|give|bring|switch|split|sit|see|start|drop|post|email|phone|write|ask|speak|talk|join|find|look|open|close|<weekday>|<number>|<number_word>|<clock>|monday|tomorrow) ~1",
    "or (_)", "(else|otherwise|alternatively|instead|another (option|way|possibility|choice)|the other (option|way|possibility|choice|thing)|or else|the second|secondly|option (two|b)|plan b|number two|second (option|way))", "(you|i|we) (can|could) ~8 (you|i|we) (can|could) (also|just as well|equally|as well|instead)",
    "and if (that|it|this|you) ~6 (not|prefer|rather|like) ~4 (i|we|you) (can|could|will|would)",
)  # fmt: skip
_NOT: Final = (
    "(sooner|later) or (later|sooner)",
    "more or less",
    "or so",
    "or (not|no)  $",
    "(yes|no) or (no|yes)",
    "or (something|anything|whatever|nothing|somebody|someone|anyone|anybody)  ~2",
    "(two|three|four|five|six|ten|one|a (minute|day|week)|an hour|<number>) or (two|three|four|five|six|seven|so|twelve|<number>) (minutes|hours|days|weeks|times|of|people|nights|months|years|pounds|euros|<unit>)",
    "(one|a) (way|reason) or (another|other)",
    "or (i|we) (will |shall |am going to |have to |must )?(call|ring|get|fetch) (security|the police)",
    "(mr|mrs|ms|miss|dr|sir) or (mr|mrs|ms|miss|dr|madam)",
    "whether ~4 or (not|no)",
    "or is (it|that|there)",
    "for better or worse",
    "rain or shine",
    "or (your|the) (money|life)",
    "now or never",
    "believe it or not",
    "(no|not|nor|never|without|any|neither|cannot|can not) ~2 _ or",
    "by hook or",
    "once or twice",
    "(day|night|morning) or (night|day|evening)",
)
_DATA: Final = (
    "^ (and |so |is (it|that) |was (it|that) |would (you like|that be|it be|you prefer) (a |an |that |it )?|will (it|that) be |a |do you (want|take|have|like) (a |an |it |that )?|for |with |you (want|would like|prefer) (a |it )?|(would you )?like (a |an |it |that )?)?~2 (twin|double|single|king|queen|window|aisle|cash|card|debit|credit|still|sparkling|tap|tea|coffee|milk|lemon|sugar|red|white|small|medium|large|big|left|right|mr|mrs|ms|dr|first|return|one way|smoking|upper|lower|black|blue|green|brown|chip|contactless|visa|mastercard|male|female|sitting|standing|regular|decaf|hot|cold|ice|juice|beer|wine|apple|orange|upstairs|downstairs|here|adult|child|savings|current|checking|paper|plastic|english|french|married|inside|outside|front|back|in|up|brother|sister|boy|girl|son|day|night|yes|home|mobile|poached|fried|scrambled|full|half|gas|electric|business|personal|soup|salad|fish|chicken|meat|vegetarian|single|joint|original|copy|buy|rent|morning) ~2 or ~2 (twin|double|single|king|queen|window|aisle|cash|card|debit|credit|still|sparkling|tap|tea|coffee|milk|lemon|sugar|red|white|small|medium|large|big|left|right|mr|mrs|ms|dr|first|return|one way|non smoking|upper|lower|black|blue|green|brown|chip|contactless|visa|mastercard|male|female|sitting|standing|regular|decaf|hot|cold|ice|juice|beer|wine|apple|orange|upstairs|downstairs|to go|take away|takeaway|away|adult|child|savings|current|checking|paper|plastic|english|french|single|inside|outside|front|back|out|down|brother|sister|boy|girl|daughter|day|night|no|home|mobile|poached|fried|scrambled|full|half|gas|electric|business|personal|soup|salad|fish|chicken|meat|vegetarian|joint|original|copy|buy|rent|not|water|seat|bed|room|account|queen|evening|afternoon|sandwich|white|cream)  ~2 $",
    "(tea|coffee|water|juice|milk|wine|beer|biscuit|cake|sugar) or (a |an |some |maybe )?(tea|coffee|water|juice|milk|wine|beer|biscuit|cake|lemon)",
    "(red|black|blue|white|green|brown|grey|navy) or (the |in )?(red|black|blue|white|green|brown|grey|navy)  ~1 (pen|bag|ink|one)? $",
    "(your|the|a|any) (passport|id|licence|license|name|number|card|receipt|email|booking|postcode|surname|date of birth|driving|reference) ~3 or ~2 (passport|id|licence|license|name|number|card|receipt|email|booking|postcode|surname|driving|reference|order|letter|bank)",
    "(the|these|they|it|those) (come|comes) in ~8 or",
    "(passport|licence|license|id|card) or (id|licence|license|driving|passport)",
    "(have|got|bring|need|show|see|with) (you |your |a |an |the |either )?~3 (passport|licence|id|card|receipt) or",
    "(from|between) <number>|<number_word> (to|and)",
)


def options(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find the place where courses are offered, once in a block."""
    del talk, finds
    for number, sentence in enumerate(block.sentences):
        found = _in(sentence)
        if found is None and number:
            before = block.sentences[number - 1]
            found = _over(before, sentence)
        if found is not None:
            yield Found("P25", *found, confidence=0.8)
            return


def _in(sentence: Span) -> tuple[int, int] | None:
    if first_match(phrases(*_NOT), sentence) is not None:
        return None
    if first_match(phrases(*_DATA), sentence) is not None:
        return None
    offer = first_match(phrases(*_OFFER), sentence)
    if offer is None:
        return None
    rest = Span(sentence.words, offer[0] + 1, sentence.hi, sentence.flat)
    second = first_match(phrases(*_SECOND), rest)
    if second is None or second[0] - offer[0] > CLOSE:
        return None
    return offer[0], second[1]


def _over(before: Span, sentence: Span) -> tuple[int, int] | None:
    """Two sentences: “We can do it by phone. Or in person.”"""
    both = Span(sentence.words, before.lo, sentence.hi, flat=True)
    goes_on = phrases(
        "^ (or|alternatively|otherwise|else|or else|instead|another (option|way)|the other (option|way)|option (two|b)|second|secondly|(we|i|you) (can|could) (also|equally|just as well|instead)|if you (prefer|would rather))"
    )
    if first_match(goes_on, sentence) is None or first_match(phrases(*_NOT), both) is not None:
        return None
    offer = first_match(phrases(*_OFFER), before)
    return None if offer is None else (offer[0], sentence.hi)
