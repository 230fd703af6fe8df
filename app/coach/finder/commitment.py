"""P26: who does what by when, all three, ahead of now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import phrases
from app.coach.finder.nodes import Span
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Sentence, Talk

REACH: Final = 14
"""Words around actor and action in which the time stands, where no punctuation tells."""

_DO: Final = "(call|phone|ring|text|email|write|send|bring|carry|fetch|check|fix|repair|swap|replace|refund|release|reverse|transfer|deliver|post|contact|let|get|update|tell|inform|talk|speak|ask|see to|look|drop|have|be (there|up|with|down|back|at|in touch|round|over|here|outside|standing|on)|come|order|put|make|move|set|print|prepare|sort|find|book|give|collect|pick|confirm|follow|chase|clean|hand|return|install|process|clear|credit|report|message|mail|forward|file|submit|review|go|meet|visit|pop|give you|keep|hold|take|finish|do|ready|arrange|pay|cancel|change|reserve|save|escalate|deal|handle|settle|answer|reply|respond|notify|start|upload|courier|ship|dispatch|issue|walk|drive|show|stop by|leave|raise|log|test|examine|search|hear|know|receive|fax|scan|sign|stamp|lift|remove|add|open|unlock|reset|renew|type|copy|dig|track|waive|top|switch|mend|measure|fit|cut|shout|buzz|ping|reach|present|knock|wake|remind|pull|run|clear|complete|organise|correct|amend|adjust|pass|inspect|decide|consider|try)"
_ACTOR: Final = (
    f"(i|we) (will|shall|am going to|are going to|am|are) (also |personally |then |definitely |certainly |gladly |just |myself |both |all |try to |make sure (that )?~3 |make sure to |be |now |still |surely |promise to |go and |try and )?~2 {_DO}",
    "(i|we) (am|are) (calling|ringing|phoning|sending|bringing|texting|emailing|writing|coming|meeting|posting|putting|getting|checking|asking|seeing|having|driving|delivering|making|fixing|ordering|speaking|talking|picking|dropping|taking|going to|doing|refunding|moving|swapping|giving)",
    "i (call|phone|ring|text|email|write|send|bring|fetch|check|fix|repair|replace|refund|inform|tell|ask|post|contact|make|prepare|order|come|give|get|put|finish|do|update|print|find|deliver|reply|answer|speak|talk|carry|arrange|take|let|transfer|collect|go|be|look|call you|promise)  ~8",
    "we (call|phone|ring|text|email|send|bring|inform|write|let|deliver|contact|refund|return|repair|tell|update) (you|it to you|it back|them to you|your|him|her)",
    f"(!(you|it|that|this|there|which|they|somebody|someone|who|what|nobody|one|everything|these|those|he|she|<vocative>) _) (will|is going to|is gonna|are going to) (be |also |then |personally |have |give |gladly )?~1 {_DO}",
    f"(he|she|they|who|and) (will|is going to|are going to) (be |also |then |personally )?~1 {_DO}",
    "(!(you|it|that|this|there|which|somebody|someone|nobody|everything|these|those|who|what) _) (calls|rings|phones|sends|brings|texts|emails|writes|comes|fixes|checks|informs|delivers|gets|drops|picks|lets|meets|visits|repairs|takes) (you|it|back|round|up|to|out|over|by|your|him|her|them|over|in to)",
    "(<person>|colleague|manager|engineer|plumber|technician|doctor|nurse|electrician|porter|driver|_) (is|are) (coming|calling|bringing|sending|ringing|meeting|on (his|her|their) way|visiting|delivering|fixing|going to)",
    "you (will|are going to|should|can expect to|shall) (have|get|hear|receive|see|find|be hearing|be getting) ~10 (from (me|us|dr _|mr _|mrs _|ms _|our _|my _|the _|_)|by me|from me|(i|we) (send|sent|put|promise|will|write))",
    "(expect|you have|you get|you receive|you hear|you will hear|you will be hearing) ~5 from (me|us|dr|mr|mrs|ms|our|my|the|_)",
    "let (me|us) (call|ring|phone|email|write|text|send|bring|get back|come back|check|find out|ask|talk|speak) ~4 (you|back|it|them|him|her|with|to)",
    "(i|we) can (have|get|send|bring|call|ring|deliver|be|finish|fix|do|make) (it|them|that|this|you|him|her|a|the|your|someone|somebody|there|up)",
    "(i|we) (promise|guarantee|commit|undertake|swear|intend|plan|aim|want|would like|hope|need|have) (that |to )(i |we )?(will )?~1",
    "(give|leave|grant) (me|us|it with me) (until|till|to|an hour|half an hour|a day|<count>)",
    "my (word|promise)",
)
_NOT: Final = (
    "(somebody|someone|they) (will|is going to) (call|ring|give|get|be|contact|come|send|let|look|phone|email)",
    "^ (will|shall|can|could|would|may|should|do|does|did|is|are|am|have) (i|we|you|he|she|they|it|the|your|my|our|dr|there)",
    "(see|catch) you (on |next |tomorrow|tonight|then|again|later|at|in|soon)",
    "(we|they|i) (are|will be|am) (open|closed|opening|closing|off|shut|full|here (from|until|till)|only here|on holiday)",
    "(the|our|your|this) (bus|train|flight|plane|ferry|class|lesson|shop|office|branch|desk|library|surgery|pool|spa|gym|bar|restaurant|kitchen|breakfast|dinner|lunch|term|school|sale|bank|counter|museum|meeting|appointment|check in|checkout|shuttle|tram|match|show|event|course|coach|boat|market|store|service) (is |will )?(leave|leaves|leaving|starts|start|begins|opens|open|closes|close|closed|runs|run|finishes|departs|goes|go|arrives|ends|be (open|closed)|on)",
    "(i|we) (did|was|were|had|sent|called|rang|put|wrote|have (already )?(sent|called|done|put|made|booked|asked|written|rung|spoken|told|given|ordered|fixed|moved))  ~8 (yesterday|this morning|last|ago|on (monday|tuesday|wednesday|thursday|friday|saturday|sunday)|at <clock>)",
    "(we|i) will (need|want|require|expect|miss|see you|have to ask you|be (closed|open|off|away|out|shut|full|busy|here until|here till|there $))",
    "if (i|we|you) ~8 (call|ring|come|bring|want|need|like|pay|leave|book)  ~8 (tomorrow|before|by|until|today|tonight|monday|tuesday|wednesday|thursday|friday)",
    "(was|were|had|did|came|went|got) ~3 (on|at|in|last|yesterday|this morning)", "(your|the) (appointment|booking|reservation|table|slot) (is|will be) (at|on|for|tomorrow)",
    "(i|we) (will|can|could) (try|see) (and )?(to )?~2 $",
)
_PLURAL: Final = "(on|only|always|usually|normally|every) (mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|weekdays|weekends|monday to|weekday)"


def commitments(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find each sentence with actor, action and time."""
    del talk, finds
    for number, sentence in enumerate(block.sentences):
        if sentence.question:
            continue
        found = _in(sentence)
        if found is None and number + 1 < len(block.sentences):
            after = block.sentences[number + 1]
            found = _time_follows(sentence, after)
        if found is not None:
            yield Found("P26", *found, confidence=0.85)


def _in(sentence: Sentence) -> tuple[int, int] | None:
    for lo, hi in _actors(sentence):
        around = sentence
        if sentence.flat:
            around = type(sentence)(
                sentence.words,
                max(sentence.lo, lo - REACH),
                min(sentence.hi, hi + REACH),
                flat=True,
            )
        if first_match(phrases(*_NOT, _PLURAL), around) is not None:
            continue
        when = _when(around)
        if when is not None:
            return min(lo, when[0]), max(hi, when[1])
    return None


def _actors(sentence: Sentence) -> Iterator[tuple[int, int]]:
    at = sentence.lo
    while at < sentence.hi:
        rest = Span(sentence.words, at, sentence.hi, sentence.flat)
        found = first_match(phrases(*_ACTOR), rest)
        if found is None:
            return
        yield found[0], min(found[1], sentence.hi)
        at = found[0] + 1


def _when(span: Span) -> tuple[int, int] | None:
    """Find a time that is one; “in a minute” is none."""
    vague = phrases("(in |just )?(a|one) (minute|moment|second|sec|bit|while|jiffy|tick|mo)")
    at = span.lo
    while at < span.hi:
        rest = Span(span.words, at, span.hi, span.flat)
        found = first_match(phrases("<deadline>"), rest)
        if found is None:
            return None
        here = Span(span.words, found[0], min(found[1] + 1, span.hi), flat=True)
        if first_match(vague, here) is None and not _ago(span, found):
            return found
        at = found[0] + 1
    return None


def _ago(span: Span, when: tuple[int, int]) -> bool:
    """Whether it is a time that is over, or how long something took."""
    after = span.words[when[1] : when[1] + 1]
    before = span.words[max(span.lo, when[0] - 1) : when[0]]
    return after in (["ago"], ["late"]) or before in (["last"], ["since"])


def _time_follows(sentence: Sentence, after: Sentence) -> tuple[int, int] | None:
    """The time alone in the next sentence: “I'll ring you. Tomorrow at nine.”"""
    if after.question or after.hi - after.lo > 6 or sentence.flat:
        return None
    when = _when(after)
    actor = first_match(phrases(*_ACTOR), sentence)
    if when is None or actor is None or when[0] - after.lo > 1:
        return None
    if first_match(phrases(*_NOT, _PLURAL), sentence) is not None:
        return None
    return actor[0], when[1]
