"""Small pictures drawn here. Each says in a comment whose it is, so that the tests know whether it came to the right activity."""
import io
import random

from PIL import Image, ImageDraw


def mark(of):
    return f"of activity {of}" if of else "of no activity"


def scene(of, size):
    chance = random.Random(f"{of}{size}")
    picture = Image.new("RGB", size, (200 + chance.randrange(40), 215, 235))
    draw = ImageDraw.Draw(picture)
    width, height = size
    draw.rectangle((0, height * 2 // 3, width, height), fill=(120, 140 + chance.randrange(40), 90))
    for _ in range(4):
        left = chance.randrange(width * 3 // 4)
        draw.rectangle((left, height // 2, left + width // 8, height * 5 // 6), fill=tuple(chance.randrange(160) for _ in range(3)))
    return picture


def jpeg(of, size=(64, 48)):
    into = io.BytesIO()
    scene(of, size).save(into, "JPEG", quality=60, comment=mark(of).encode())
    return into.getvalue()


def photo(of):
    """As heavy as what a telephone sends within a letter: more than an ornament."""
    chance = random.Random(of)
    picture = scene(of, (150, 112))
    for x in range(150):
        for y in range(112):
            noise = chance.randrange(-40, 40)
            picture.putpixel((x, y), tuple(max(0, min(255, part + noise)) for part in picture.getpixel((x, y))))
    into = io.BytesIO()
    picture.save(into, "JPEG", quality=95, comment=mark(of).encode())
    return into.getvalue()


def logo():
    into = io.BytesIO()
    Image.new("RGB", (24, 24), (0, 102, 204)).save(into, "GIF")
    return into.getvalue()
