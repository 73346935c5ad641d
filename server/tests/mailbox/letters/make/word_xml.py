"""Word files by hand: what Word and WPS write and no library offers, and what is broken."""
import io
import zipfile
from xml.sax.saxutils import escape

import pictures

namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
}.items())
package_types = "http://schemas.openxmlformats.org/package/2006"
office = "http://schemas.openxmlformats.org/officeDocument/2006"
declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class Word:
    """A Word file that grows: `body` is its XML, the pictures its media."""

    def __init__(self):
        self.body = ""
        self.media = []     # (name, bytes)
        self.relations = []  # (id, kind, target, whether outside)
        self.parts = {}     # further ones by name
        self.numbers = 0

    # ── text ──

    def p(self, text="", properties="", run="", inside=""):
        self.body += p(text, properties, run, inside)
        return self

    def title(self, text):
        return self.p(text, '<w:jc w:val="center"/>', '<w:rFonts w:ascii="方正小标宋简体" w:eastAsia="方正小标宋简体"/><w:sz w:val="44"/>')

    def add(self, xml):
        self.body += xml
        return self

    # ── pictures ──

    def relation(self, kind, target, is_outside=False):
        identity = f"rId{len(self.relations) + 10}"
        self.relations.append((identity, kind, target, is_outside))
        return identity

    def kept(self, coded, suffix="jpeg"):
        name = f"media/image{len(self.media) + 1}.{suffix}"
        self.media.append((name, coded))
        return self.relation("image", name)

    def blip(self, of, crop="", coded=None, suffix="jpeg"):
        self.numbers += 1
        identity = self.kept(coded or pictures.jpeg(of), suffix)
        return (f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{self.numbers}" name="图片 {self.numbers}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
                f'<a:blip r:embed="{identity}"/>{crop}<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
                '<a:ext cx="1800000" cy="1350000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>')

    def graphic(self, inside, kind="picture"):
        return (f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}">{inside}</a:graphicData></a:graphic>')

    def inline(self, of, **more):
        return run(f'<w:drawing><wp:inline><wp:extent cx="1800000" cy="1350000"/><wp:docPr id="{self.numbers + 1}" name="图片"/>'
                   f"{self.graphic(self.blip(of, **more))}</wp:inline></w:drawing>")

    def anchor(self, inside):
        self.numbers += 1
        return run('<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251658240" behindDoc="0" '
                   'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0'
                   '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
                   f'<wp:extent cx="1800000" cy="1350000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="{self.numbers}" name="图片"/>'
                   f"{inside}</wp:anchor></w:drawing>")

    def floating(self, of):
        return self.anchor(self.graphic(self.blip(of)))

    def grouped(self, whose):
        inside = "".join(self.blip(of) for of in whose)
        group = f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr/>{inside}</wpg:wgp></a:graphicData></a:graphic>'
        return self.anchor(group)

    def old_picture(self, of):
        """As WPS and Word before 2007 hold it, in VML."""
        identity = self.kept(pictures.jpeg(of))
        return run(f'<w:pict><v:shape id="图片 {identity}" style="width:140pt;height:105pt"><v:imagedata r:id="{identity}" o:title="现场"/></v:shape></w:pict>')

    def pics(self, *whose):
        return self.p(inside="".join(self.inline(of) for of in whose))

    def text_box(self, text):
        """Twice, as Word writes it: for itself, and in VML for what is older."""
        content = f'<w:txbxContent>{p(text)}</w:txbxContent>'
        shape = self.anchor('<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
                            f"<wps:spPr/><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>")
        inner = shape.removeprefix("<w:r>").removesuffix("</w:r>")
        return run(f'<mc:AlternateContent><mc:Choice Requires="wps">{inner}</mc:Choice><mc:Fallback><w:pict><v:shape style="width:300pt"><v:textbox>'
                   f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>")

    # ── the package ──

    def entries(self):
        extensions = {name.rsplit(".", 1)[1] for name, _ in self.media}
        kinds = {"jpeg": "image/jpeg", "png": "image/png", "emf": "image/x-emf", "wmf": "image/x-wmf", "bin": "application/vnd.ms-office.vbaProject"}
        defaults = "".join(f'<Default Extension="{one}" ContentType="{kinds[one]}"/>' for one in sorted(extensions))
        overrides = "".join(f'<Override PartName="/word/{name}" ContentType="{kind}"/>' for name, (kind, _) in self.parts.items())
        relations = "".join(f'<Relationship Id="{identity}" Type="{office}/relationships/{kind}" Target="{target}"'
                            f'{" TargetMode=" + chr(34) + "External" + chr(34) if is_outside else ""}/>'
                            for identity, kind, target, is_outside in self.relations)
        return [
            ("[Content_Types].xml", f'{declaration}<Types xmlns="{package_types}/content-types"><Default Extension="rels" '
             'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
             f'{defaults}<Override PartName="/word/document.xml" '
             f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{overrides}</Types>'),
            ("_rels/.rels", f'{declaration}<Relationships xmlns="{package_types}/relationships"><Relationship Id="rId1" '
             f'Type="{office}/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
            ("word/document.xml", f'{declaration}<w:document {namespaces} mc:Ignorable="w14 wpsCustomData"><w:body>{self.body}'
             '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:docGrid w:type="linesAndChars" w:linePitch="579"/></w:sectPr></w:body></w:document>'),
            ("word/_rels/document.xml.rels", f'{declaration}<Relationships xmlns="{package_types}/relationships">{relations}</Relationships>'),
            *[(f"word/{name}", content) for name, (_, content) in self.parts.items()],
            *[(f"word/{name}", coded) for name, coded in self.media],
        ]

    def part(self, kind, name, content, content_type=None):
        """A further part of the text; answers the id it is known by."""
        self.parts[name] = (content_type or f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml", content)
        return self.relation(kind, name)

    def bytes(self):
        return package(self.entries())


def package(entries):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(zipfile.ZipInfo(name, (2023, 10, 27, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return into.getvalue()


def run(inside, properties=""):
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def words(text, properties=""):
    return run(f'<w:t xml:space="preserve">{escape(text)}</w:t>', properties)


def p(text="", properties="", run_properties="", inside=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{words(text, run_properties) if text else ''}{inside}</w:p>"


def inserted(text):
    return f'<w:ins w:id="1" w:author="甲" w:date="2023-10-26T09:00:00Z">{words(text)}</w:ins>'


def deleted(text):
    return f'<w:del w:id="2" w:author="甲" w:date="2023-10-26T09:00:00Z"><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def field(code, shown):
    return (run('<w:fldChar w:fldCharType="begin"/>') + run(f"<w:instrText xml:space=\"preserve\"> {code} </w:instrText>") +
            run('<w:fldChar w:fldCharType="separate"/>') + words(shown) + run('<w:fldChar w:fldCharType="end"/>'))
