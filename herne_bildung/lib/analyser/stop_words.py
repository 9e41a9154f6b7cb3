"""Words that say nothing about an offer, for all our languages in one set.

Words that mean something in another of our languages (English "not", "it") are left
out, so one set serves everyone, whatever language the page is in.
"""

from .fold import fold

_WORDS = """
der die das den dem des ein eine einer eines einem einen und oder sowie auch aber
als am an auf aus bei beim bis da damit dann dass durch er es fuer für gegen hat
haben hier ich ihr ihre ihrem ihren ihrer im in ins ist sind kann können man mein
meine meinem meinen meiner mit nach nicht noch nur ob ohne sein seine seinem seinen
seiner sich sie so über um uns unser unsere unserem unseren unserer unter vom von
vor was wenn wer werden wie wir wird wo zu zum zur zwischen etc bzw

the and for with from your you our are is of to on at by an be or we they their this
that these those how what where when who which can do does as

ve ile için bir bu şu ya da de mi mı mu mü gibi daha çok en olan olarak kadar her ne
nasıl nerede

في من على إلى الى عن مع هذا هذه ذلك التي الذي او أو ثم هو هي هم ما لا إن أن كل بين بعد
قبل عند كيف أين

і й та або для на в у з із зі до від за по про що як це ці той та не де при без

и или для на в во с со к ко от до за по о об про что как это эти тот не где при без из у

i oraz lub albo dla na w we z ze do od po o u przy przez jak co jest są nie się to
ten ta te gdzie bez

și sau pentru cu la de din pe în prin ca ce cum este sunt nu un o unei unui al ale
a unde fără

и или за на в във с със от до по при без как какво е са не се да този тази това
"""
STOP_WORDS = frozenset(fold(word) for word in _WORDS.split())
