"""Garments by name: where each is worn, how it is drawn, and the words for it."""

from __future__ import annotations

from typing import NamedTuple

from storyboard.generators.video.animatic.figure.lexicon import Lexicon


class Cut(NamedTuple):
    """How a garment is drawn: where it is worn, its kind, and what of that kind it is."""

    place: str
    kind: str
    cut: str = ""


GARMENTS: Lexicon[Cut] = Lexicon(
    {
        Cut("shoes", "boots"): "boot, wellies, wellington, rain boot, cowboy boot, riding boot, snow"
          " boot, work boot, knee-high boot, thigh-high boot, galosh, ugg",
        Cut("shoes", "boots", "ankle"): "ankle boot, chelsea boot, desert boot, chukka, bootie, hiking"
          " boot, moon boot",
        Cut("shoes", "boots", "laced"): "doc martens, dr martens, doc marten, combat boot, army boot,"
          " lace-up boot, martens, platform boot, jungle boot",
        Cut("shoes", "sneakers"): "sneaker, trainer, running shoe, tennis shoe, gym shoe, kicks,"
          " plimsoll, keds, nikes, skate shoe, air jordan",
        Cut("shoes", "sneakers", "high"): "high-top, high-top sneaker, converse, chuck taylor, chucks,"
          " basketball shoe, hightops, roller skate, ice skate, skate",
        Cut("shoes", "heels"): "heel, high heel, pump, stiletto, kitten heel, wedge, court shoe,"
          " louboutin",
        Cut("shoes", "sandals"): "sandal, flip-flop, thong, birkenstock, espadrille, gladiator sandal,"
          " slide, zori, geta",
        Cut("shoes", "slippers"): "slipper, house shoe, bunny slipper, crocs, clog",
        Cut("shoes", "bare"): "barefoot, bare foot, bare feet, no shoe, without shoe, socks only",
        Cut("shoes", "flats"): "flat, ballet flat, ballerina, ballet shoe, mary jane, ballet slipper",
        Cut("shoes", "shoes"): "shoe, loafer, oxford, brogue, derby, moccasin, dress shoe, boat shoe,"
          " footwear, monk strap",
        Cut("hat", "beanie"): "beanie, bobble hat, knit hat, knit cap, knitted hat, knitted cap, toque,"
          " wool hat, wool cap, woolly hat, watch cap, ski hat, winter hat, stocking cap",
        Cut("hat", "beret"): "beret, tam",
        Cut("hat", "cap"): "cap, baseball cap, snapback, trucker hat, trucker cap, ball cap, visor,"
          " newsboy cap, flat cap, sailor cap, police cap, peaked cap, kepi, captain hat, baseball hat",
        Cut("hat", "headphones"): "headphone, headset, earphone, earmuff, cans",
        Cut("hat", "helmet"): "space helmet, astronaut helmet, helmet, fishbowl helmet",
        Cut("hat", "hardhat"): "hard hat, safety helmet, construction helmet, bike helmet, bicycle"
          " helmet, motorcycle helmet, football helmet, fire helmet, firefighter helmet, pith helmet",
        Cut("hat", "headband"): "headband, hair band, hairband, sweatband, alice band, bandeau",
        Cut("hat", "bandana"): "bandana, headscarf, head scarf, head wrap, headwrap, kerchief, do-rag,"
          " durag",
        Cut("hat", "hijab"): "hijab, veil, chador, khimar, niqab, wimple, nun habit, shayla",
        Cut("hat", "turban"): "turban, dastar, pagri, keffiyeh, kufi, yarmulke, kippah, fez",
        Cut("hat", "crown"): "crown, tiara, diadem, coronet, circlet",
        Cut("hat", "flowers"): "flower crown, floral crown, wreath, flower wreath, laurel, garland,"
          " flower in hair, hair flower, leaf crown",
        Cut("hat", "tophat"): "top hat, stovepipe hat, silk hat, magician hat, opera hat",
        Cut("hat", "bowler"): "bowler, bowler hat, derby hat, bucket hat, cloche, pillbox hat, fisherman"
          " hat",
        Cut("hat", "cowboy"): "cowboy hat, stetson, western hat, ten-gallon hat, sombrero, gaucho hat",
        Cut("hat", "straw"): "straw hat, sun hat, sunhat, panama, panama hat, boater, wide-brimmed hat,"
          " floppy hat, beach hat, conical hat",
        Cut("hat", "pointed"): "witch hat, wizard hat, party hat, pointed hat, santa hat, elf hat,"
          " christmas hat, nightcap, gnome hat, jester hat, dunce cap, birthday hat",
        Cut("hat", "chef"): "chef hat, toque blanche, cook hat, mob cap",
        Cut("hat", "bow"): "hair bow, hair ribbon, hair clip, barrette, bow in hair, scrunchie",
        Cut("hat", "hat"): "hat, fedora, trilby, homburg, porkpie, headwear, headgear",
        Cut("glasses", "sunglasses"): "sunglass, shade, aviator, ray ban, dark glasses, tinted glasses",
        Cut("glasses", "glasses"): "glass, spectacle, eyeglass, reading glasses, monocle",
        Cut("glasses", "goggles"): "goggle, ski goggle, vr headset, welding goggle",
        Cut("scarf", "scarf"): "scarf, shawl, snood, neckerchief, boa, stole, pashmina, neck warmer, neck"
          " scarf, muffler",
        Cut("neck", "tie"): "tie, necktie, bow tie, bowtie, cravat, ascot, clip-on tie",
        Cut("neck", "necklace"): "necklace, pendant, chain, collar, medal, choker, locket, pearl, bead,"
          " lanyard, dog tag, amulet, gold chain",
        Cut("backpack", "backpack"): "backpack, rucksack, satchel, bag, school bag, guitar case, handbag,"
          " purse, messenger bag, tote, duffel, knapsack, fanny pack, wing",
        Cut("apron", "apron"): "apron, smock, pinny, tabard",
        Cut("outer", "vest"): "vest, waistcoat, gilet, puffer vest, sweater vest, body warmer,"
          " bodywarmer, safety vest, fishing vest, leather vest, life jacket, bulletproof vest",
        Cut("whole", "spacesuit"): "space suit, spacesuit, astronaut suit, flight suit, hazmat suit,"
          " diving suit",
        Cut("whole", "overalls"): "overall, dungaree, pinafore, bib overall, salopette, coverall",
        Cut("whole", "jumpsuit"): "jumpsuit, romper, boiler suit, catsuit, unitard, playsuit, wetsuit,"
          " racing suit, superhero costume, superhero suit, costume",
        Cut("whole", "jumpsuit", "pyjamas"): "pyjama, pajama, pjs, onesie, nightwear, sleepwear,"
          " loungewear",
        Cut("whole", "jumpsuit", "tracksuit"): "tracksuit, track suit, jogging suit, sweatsuit, shell"
          " suit, sportswear",
        Cut("whole", "jumpsuit", "uniform"): "uniform, police uniform, military uniform, army uniform,"
          " firefighter uniform, pilot uniform, fatigue, camouflage, school uniform, scrubs, nurse"
          " uniform, janitor uniform",
        Cut("whole", "jumpsuit", "armor"): "armor, armour, plate armor, chain mail, knight armor, mail,"
          " exoskeleton",
        Cut("whole", "swimsuit"): "swimsuit, bathing suit, bikini, leotard, bodysuit, one-piece, swim"
          " trunks, speedo",
        Cut("whole", "suit"): "suit, three-piece suit, business suit, pantsuit, pinstripe suit, power"
          " suit, suit and tie",
        Cut("whole", "suit", "tuxedo"): "tuxedo, tux, black tie suit, tailcoat, white tie suit, dinner suit",
        Cut("whole", "dress"): "dress, frock, shirt dress, tea dress, wrap dress, midi dress, a-line"
          " dress, tunic, pinafore dress, shift dress, smock dress, skater dress, sweater dress, dirndl",
        Cut("whole", "dress", "mini"): "mini dress, minidress, cocktail dress, short dress, party dress,"
          " little black dress, bodycon dress, flapper dress, slip dress, babydoll dress",
        Cut("whole", "dress", "gown"): "gown, evening gown, ball gown, ballgown, evening dress, maxi"
          " dress, wedding dress, prom dress, bridal gown, long dress, robe dress, abaya, kaftan, caftan,"
          " princess dress, toga, nightgown, nightdress, habit, qipao, cheongsam, hanfu, hanbok, ao dai",
        Cut("whole", "dress", "sun"): "sundress, sun dress, summer dress, beach dress, strap dress,"
          " spaghetti strap dress",
        Cut("whole", "dress", "kimono"): "kimono, yukata, robe, bathrobe, dressing gown, judo suit,"
          " karate suit, gi, hakama, monk robe, wizard robe, djellaba, cassock",
        Cut("whole", "dress", "sari"): "sari, saree, lehenga, salwar kameez, sarong, anarkali",
        Cut("outer", "jacket"): "jacket, anorak, windbreaker, suede jacket, field jacket, army jacket,"
          " safari jacket, shacket, outerwear, rain jacket, ski jacket, sports jacket, fringe jacket",
        Cut("outer", "jacket", "denim"): "denim jacket, jean jacket, jeans jacket, trucker jacket",
        Cut("outer", "jacket", "biker"): "leather jacket, biker jacket, motorcycle jacket, moto jacket,"
          " biker",
        Cut("outer", "jacket", "bomber"): "bomber, bomber jacket, varsity jacket, letterman jacket,"
          " letterman, baseball jacket, flight jacket, aviator jacket, track jacket, harrington, souvenir"
          " jacket",
        Cut("outer", "jacket", "puffer"): "puffer, puffer jacket, down jacket, quilted jacket, padded"
          " jacket, puffy jacket, puffer coat, down coat, quilted coat",
        Cut("outer", "blazer"): "blazer, suit jacket, sport coat, sports coat, dinner jacket, tuxedo"
          " jacket, smoking jacket, nehru jacket, school blazer, tweed jacket, corduroy jacket",
        Cut("outer", "coat"): "coat, overcoat, topcoat, pea coat, peacoat, duffle coat, duffel coat, lab"
          " coat, winter coat, fur coat, greatcoat, frock coat, duster, wool coat, white coat, doctor"
          " coat",
        Cut("outer", "coat", "trench"): "trench coat, trench, mackintosh, belted coat, wrap coat,"
          " detective coat, trenchcoat",
        Cut("outer", "coat", "parka"): "parka, hooded coat, fur coat, arctic coat",
        Cut("outer", "coat", "rain"): "raincoat, rain coat, slicker, waxed coat, oilskin",
        Cut("outer", "cape"): "cape, cloak, poncho, mantle, serape, capelet, superhero cape, hooded cloak",
        Cut("outer", "cardigan"): "cardigan, cardy, bolero, shrug, kimono jacket, open sweater, zip-up"
          " sweater",
        Cut("bottom", "shorts"): "shorts, short, cargo short, denim short, hot pants, bermuda, board"
          " short, jean short, cut-offs, cutoffs, bike short, boxer, lederhosen, running short, swimming"
          " trunk",
        Cut("bottom", "skirt"): "skirt, a-line skirt, pleated skirt, kilt, circle skirt, denim skirt,"
          " midi skirt, skort, plaid skirt, skater skirt",
        Cut("bottom", "skirt", "mini"): "mini skirt, miniskirt, short skirt, tennis skirt",
        Cut("bottom", "skirt", "maxi"): "maxi skirt, long skirt, peasant skirt, hoop skirt, sarong skirt",
        Cut("bottom", "skirt", "pencil"): "pencil skirt, tube skirt, tight skirt, leather skirt",
        Cut("bottom", "skirt", "tutu"): "tutu, tulle skirt, ballet skirt, petticoat, ra-ra skirt",
        Cut("bottom", "jeans"): "jeans, denim, denims, boyfriend jeans, mom jeans, levis",
        Cut("bottom", "leggings"): "legging, tights, skinny jeans, skinny pants, yoga pants, stocking,"
          " jegging, hose, cycling pants, pantyhose, long johns",
        Cut("bottom", "wide"): "wide-leg trousers, wide-leg pants, wide-leg jeans, flares, flared jeans,"
          " bell-bottoms, palazzo pants, culottes, baggy jeans, baggy pants, harem pants, bootcut jeans,"
          " flared trousers, bell bottom, bell-bottom jeans, bell-bottom pants, wide trousers, parachute"
          " pants",
        Cut("bottom", "joggers"): "jogger, sweatpants, track pants, jogging pants, sweats, pyjama"
          " bottoms, tracksuit bottoms",
        Cut("bottom", "cargo"): "cargo pants, cargo trousers, cargos, combat trousers, work pants, camo"
          " pants, utility pants",
        Cut("bottom", "trousers"): "trouser, pants, slacks, chinos, khakis, corduroys, cords, suit"
          " trousers, dress pants, capri, breeches, bottoms, leather pants, plaid pants, pinstripe pants",
        Cut("top", "hoodie"): "hoodie, hooded sweatshirt, hoody, zip-up hoodie, hooded sweater",
        Cut("top", "sweater"): "sweater, jumper, pullover, turtleneck, polo neck, roll neck, fleece,"
          " knit, aran, knitwear, turtleneck sweater, mock neck",
        Cut("top", "sweater", "crew"): "sweatshirt, crewneck, crew neck sweater, v-neck sweater, crewneck"
          " sweatshirt, christmas sweater, guernsey, sweat shirt",
        Cut("top", "tee"): "t-shirt, tee, tshirt, jersey, graphic tee, band tee, v-neck, undershirt,"
          " football shirt, baseball tee, tee shirt, rash guard",
        Cut("top", "tank"): "tank top, tank, singlet, camisole, halter, halter top, cami, tube top,"
          " wifebeater, muscle shirt, sports bra, sleeveless top, bustier, corset, bandeau top, racerback",
        Cut("top", "tank", "crop"): "crop top, cropped top, cropped tee, belly top, bikini top, bralette,"
          " bra, cropped tank",
        Cut("top", "shirt"): "shirt, dress shirt, button-up, button-down, button-up shirt, flannel,"
          " oxford shirt, henley, plaid shirt, guayabera, western shirt, button-down shirt, work shirt,"
          " flannel shirt, denim shirt",
        Cut("top", "shirt", "short"): "polo, polo shirt, hawaiian shirt, bowling shirt, camp shirt,"
          " short-sleeved shirt, aloha shirt, rugby shirt, golf shirt",
        Cut("top", "blouse"): "blouse, top, peasant blouse, peasant top, tunic top, silk blouse, ruffled"
          " blouse, poet shirt, long-sleeve top, off-shoulder top, pussy-bow blouse, dashiki, kurta,"
          " garment, clothing, clothes",
        Cut("extra", "belt"): "belt, glove, watch, bracelet, sock, ring, earring, brooch, ribbon, bow,"
          " mitten, umbrella, cane, suspenders, braces, wristband, anklet, bangle, wristwatch, leg"
          " warmer, badge, pin, cufflink, walking stick, staff, sword, wand, mask, tattoo, piercing,"
          " harness, saddle, bell, tag, fur, feather, none, nothing, natural",
    }
)  # fmt: skip
PLAIN = Cut("top", "shirt")
CLOTH: Lexicon[str] = Lexicon(
    {
        "knit": "knit, knitted, cable knit, crochet, mohair, chunky knit, ribbed, angora, cashmere",
        "wool": "wool, woolen, woollen, tweed, felt, fleece, herringbone, boucle, flannel wool, sherpa,"
          " fur, faux fur",
        "denim": "denim, jean, chambray, acid wash",
        "leather": "leather, patent, vinyl, latex, pleather, suede, pvc, faux leather, snakeskin",
        "silk": "silk, satin, shiny, metallic, lame, charmeuse, iridescent, holographic, lurex, nylon,"
          " polyester",
        "sequin": "sequin, sequined, glitter, glittery, sparkly, beaded, rhinestone",
        "linen": "linen, hemp, burlap, canvas, muslin, seersucker, cotton canvas, gauze",
        "velvet": "velvet, velour, velveteen, plush",
        "corduroy": "corduroy, cord, ribbed cotton, pinstripe, pinstriped, seersucker stripe",
        "lace": "lace, tulle, mesh, sheer, chiffon, organza, fishnet",
        "plaid": "plaid, tartan, check, checked, checkered, flannel, gingham, houndstooth, argyle,"
          " chequered",
        "striped": "stripe, striped, stripy, breton, nautical",
        "dotted": "polka dot, dot, dotted, spotted, polka",
        "floral": "floral, flower, flowered, flowery, hawaiian, botanical, paisley, rose print, tropical,"
          " aloha",
        "camo": "camo, camouflage",
        "leopard": "leopard, leopard print, animal print, cheetah, cheetah print, zebra, tiger print, cow"
          " print",
    }
)  # fmt: skip
