"""Themes: words that name no place of ours, and the places that fit them best."""

from __future__ import annotations

THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"waterfall|stream|brook|creek|fjord|rapids|spring water|dam|kayak|canoe|rowing|raft|"
        r"water",
        ("lake",),
    ),
    (r"sail|mast|captain|harpoon|compass rose|crow's nest|voyage", ("ship",)),
    (r"anchor|sailor|fisherman|tugboat|gull|seagull", ("harbour",)),
    (
        r"seashell|mermaid|palm|coconut|lifeguard|sandcastle|tropic|hawaii|bali|caribbean|"
        r"driftwood",
        ("beach",),
    ),
    ("leaf|leaves|moss|fern|deer|wolf|owl|fairy|elf|witch|mushroom|wilderness|nature", ("forest", "park")),
    ("flower|butterfly|bee|rose|scarecrow|haystack|crops|tractor|harvest|breeze", ("field", "garden")),
    ("sheep|cow|horse|chicken|pig|stable|cowboy|hay", ("farm",)),
    ("climb|avalanche|eagle|goat|snowboard|sled|altitude|edge", ("mountain",)),
    ("sandstorm|camel|tumbleweed|mirage|drought|egypt|nevada|texas|arizona|dust", ("desert",)),
    ("star|stars|comet|ufo|satellite|heaven|clouds|dreamscape|void|infinity|another world", ("space",)),
    (
        r"shrine|temple|mosque|monastery|abbey|altar|priest|bride|groom|vow|choir|prayer|"
        r"confessional",
        ("church",),
    ),
    (
        "knight|queen|king|prince|princess|crown|armou?r|torchlight|banner|moat|drawbridge|dragon",
        ("castle",),
    ),
    (
        "museum piece|statue|exhibit|pharaoh|chandelier|ball gown",
        ("museum", "hotel lobby"),
    ),
    ("tomb|ghost|coffin|crypt|mausoleum|zombie|vampire|mourner", ("cemetery",)),
    (
        r"doctor|nurse|bandage|stretcher|thermal|vaccine|x-ray|medicine|dentist|patient|"
        r"therapist|asylum",
        ("hospital",),
    ),
    ("teacher|pupil|homework|exam|graduation|lesson|student|chalk|diploma", ("classroom",)),
    ("novel|poem|poet|manuscript|bookworm|scholar|judge|lawyer|jury|trial|parliament", ("library",)),
    (
        r"paperwork|deadline|boss|spreadsheet|laptop|email|printer|copier|hacker|server|screen|"
        r"code|cyber",
        ("office",),
    ),
    ("whisky|whiskey|beer|cocktail|bartender|martini|shots|billiard|darts|wine", ("bar",)),
    (
        r"dj|dancer|disco ball|glitter|strobe|vinyl|turntable|rapper|confetti|selfie|tiktok|"
        r"ring light",
        ("club",),
    ),
    (
        r"guitarist|drummer|band|crowd|encore|audience|actor|ballet|magician|clown|wrestl\w*|"
        r"rehearsal",
        ("stage",),
    ),
    (
        "demo tape|mixing desk|headphones|producer|soundproof|vocal take|podcast",
        ("recording studio", "stage"),
    ),
    ("waiter|dessert|spaghetti|candlelit|candlelight|pasta|steak|lobster|banquet|chef|menu", ("restaurant",)),
    ("espresso|latte|croissant|barista|pastry|cupcake|tea|mug", ("café",)),
    ("cook|bake|recipe|dishes|soup|pancake|toast|kettle|flour|dough", ("kitchen",)),
    ("shower|soap|toothbrush|bubble bath|toilet|shampoo|razor", ("bathroom",)),
    ("sleep|dream|blanket|mattress|pyjama|pajama|insomnia|nightmare|diary", ("bedroom",)),
    (
        r"family|grandmother|grandma|hearth|rug|record player|christmas tree|moving boxes|"
        r"television|tv|piano",
        ("living room",),
    ),
    ("popcorn|film reel|projector|end credits|movie star", ("cinema",)),
    ("stewardess|flight attendant|turbulence|seat belt sign|cabin crew", ("aeroplane",)),
    ("suitcase|luggage|passport|jet lag|flight|boarding pass|customs|pilot|conveyor", ("airport",)),
    ("locomotive|conductor|commute|commuter|ticket|rails|whistle stop", ("train station",)),
    (r"steering wheel|seat belt|seatbelt|rear-view|gearstick|traffic jam|commuting|hitchhik\w*", ("car",)),
    ("asphalt|horizon line|mile|miles|journey|travel|trucker|biker|exit ramp|headlight", ("road",)),
    ("concierge|bellboy|reception|valet|elevator|lift|check-in|lobby", ("hotel lobby",)),
    ("sneaker|sweat|boxer|boxing|workout|training|muscle|treadmill|yoga|basketball|barbell", ("gym",)),
    (
        r"carousel|cotton candy|candy floss|clown car|balloons|parade|roundabout ride|merry-go-"
        r"round",
        ("fairground",),
    ),
    ("swimmer|diver|diving|lane rope|chlorine|float|lifeguard chair|goggles", ("swimming pool",)),
    (
        r"graffiti|billboard|pigeon|skateboard|taxi rank|newsstand|protest|demonstration|"
        r"cobble\w*|lamppost|lamp post|puddle",
        ("street",),
    ),
    (
        r"metropolis|paris|tokyo|london|new york|nyc|berlin|manhattan|los angeles|la|rome|"
        r"seoul|mumbai|megacity",
        ("street", "rooftop"),
    ),
    ("window ledge|chimney|antenna|pigeon loft|tower|watchtower|penthouse terrace|sky", ("rooftop",)),
    (
        r"snowman|snowball|snowflake|reindeer|mittens|blizzard|arctic|antarctica|siberia|iceland|"
        r"snow",
        ("snow village",),
    ),
    (
        r"tools|engine|mechanic|customer|cashier|sale|"
        r"price tag",
        ("shop",),
    ),
    ("machine|conveyor belt|forge|welding|molten steel|forklift|pallet|smokestack", ("warehouse",)),
    ("bench|squirrel|duck|kite|jogger|stroller|frisbee|grass|tree", ("park",)),
)
"""A pattern of words in the singular, and the kinds that fit, of which the seed takes one."""

OUTSIDE = {
    "classroom": "school yard",
    "school corridor": "school yard",
    "castle": "field",
    "aeroplane": "airport",
    "warehouse": "road",
    "living room": "garden",
    "bedroom": "garden",
    "kitchen": "garden",
    "train interior": "train station",
    "car": "road",
    "church": "cemetery",
    "hospital": "road",
    "airport": "road",
    "swimming pool": "garden",
    "bathroom": "garden",
    "gym": "park",
}
"""Where one is who stands outside a house of that kind; before the others runs a street."""
