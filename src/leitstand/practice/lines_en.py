"""What the English-speaking part of the audience says. `{company}` stands for the account's name."""

from __future__ import annotations

ENGLISH: dict[str, dict[str, tuple[str, ...]]] = {
    "any": {
        "glad": ("Love this! Keep it up 👏", "This is why I follow you.", "Brilliant, thanks for sharing!"),
        "asks": ("Is this available in the shop as well?", "When does it start?", "Where can I read more about it?"),
        "joker": (
            "And I thought nothing good happens on Mondays 😄",
            "My boss will hear about this.",
            "Saved for a rainy day 😂",
        ),
        "complains": (
            "Nice, but my order is nine days late and nobody answers!",
            "Your hotline is a joke. Forty minutes on hold and then cut off.",
            "Answer my e-mail first, then post!",
        ),
        "critic": ("Is there a source for that?", "Sounds like advertising. What is the catch?"),
        "press": ("We would like to write about this. Whom can we talk to?",),
        "partner": ("Great, count us in!",),
        "supplier": ("Proud to have had a hand in it!",),
        "price": ("How much is it?", "So prices go up again?"),
    },
    "coffee": {
        "glad": ("I can smell it through the screen ☕", "My favourite roast for years!"),
        "asks": ("Does this roast work in a French press?", "Is there a decaf version?", "How fine should I grind it?"),
        "joker": ("Without it I am just decoration ☕😴",),
        "complains": (
            "My last bag was stale when I opened it. Very disappointing.",
            "It used to be better. Now it tastes burnt.",
        ),
        "critic": ("Fair trade, or just a pretty label? What does the farmer get per kilo?",),
        "price": ("How much per kilo?",),
        "press": ("May we visit you for our page on small roasters?",),
    },
    "delivery": {
        "asks": ("Do you ship to Ireland?", "How long does delivery take at the moment?"),
        "complains": (
            "Shipping? My parcel has been stuck for a week and you say nothing.",
            "Wrong item delivered, for the second time. I want my money back!",
        ),
        "critic": ("How much plastic is in the box this time?",),
        "supplier": ("Already on our truck 🚚",),
        "price": ("From what amount is shipping free?",),
    },
    "price": {
        "price": ("Does this apply online as well?", "25% off what exactly?"),
        "asks": ("Until when does the offer last?",),
        "complains": ("First you raise prices, then you call it a discount. How stupid do you think we are?",),
        "critic": ("What was the lowest price of the last 30 days?",),
    },
    "hours": {
        "asks": ("Are you open on the holiday?", "Does that go for all branches?"),
        "complains": ("I stood in front of a locked door at ten. Your page said open!",),
    },
    "job": {
        "asks": ("Do you take career changers?", "Is part-time possible?"),
        "critic": ("And what do you pay? Nobody applies without knowing.",),
        "joker": ("Does drinking coffee count as experience?",),
    },
    "event": {
        "asks": ("Do I need to register?", "Are children welcome?"),
        "glad": ("I'll be there!", "In my calendar 🎉"),
        "press": ("We would come with a camera, if that is all right.",),
    },
    "bug": {
        "asks": ("The page does not load for me. Is it just me?",),
        "complains": (
            "Checkout has been broken since yesterday. Charged twice, no order!",
            "Your app keeps crashing. Does nobody test this?",
        ),
        "joker": ("Have you tried turning it off and on again? 😄",),
        "critic": ("Did the outage leak any customer data?",),
    },
    "thanks": {
        "all": ("Thanks for the quick answer!", "Great, that helps.", "All clear, thank you!"),
        "complains": ("Fine, at least somebody answers now.", "Thanks. I will tell you when it arrives."),
        "critic": ("Thank you for the honest answer.",),
        "press": ("Many thanks, we will send you a mail.",),
    },
    "follow": {
        "all": (
            "Thanks! Does that go for last week's orders, too?",
            "Good to know. Where do I find that on your page?",
        ),
        "complains": ("Thanks, and when can I expect it?",),
        "critic": ("Good. Is that written down somewhere?",),
    },
    "angry": {
        "complains": ("I have heard that three times. When will something happen?", "Not even an apology?"),
        "critic": ("That does not answer my question.", "Anybody can dodge. Yes or no?"),
    },
    "mention": {
        "all": (
            "First time at {company} today: highly recommended!",
            "Does anybody know whether {company} ships to Ireland?",
            "Little discovery of the weekend: {company}. Thanks for the tip!",
        ),
        "complains": (
            "Three weeks of waiting at {company}. That is how you lose customers.",
            "Anybody else having trouble with {company}? Nobody picks up the phone.",
        ),
        "critic": ("What do you make of {company}? Much praise, few facts.",),
        "press": ("We visited {company} for our series on small makers.",),
        "joker": ("My bank account and {company} need to talk 😄",),
        "price": ("Does anybody have a voucher for {company}?",),
        "supplier": ("Good work with {company} this week!",),
    },
}
