"""Council papers from a system that speaks OParl 1.1, or 1.0.

fetching    one address, safely: only public hosts and those the settings name
client      answers as JSON, with patience; pages of a list
discovery   from the address of a system to its list of papers
reading     an object of the server, whatever its quirks, as facts
writing     facts as rows; what was changed here stays
running     a run: page after page, from where the last worker ended
"""
