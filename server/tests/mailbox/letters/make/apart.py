"""The letters set apart: written without a look at the reader, counted and never looked at while it is changed."""
import datetime
import io
import quopri
import random

import openpyxl

import pictures
from mails import file_part, mail, multipart, part, raw, text_part, word, zipped
from programs import libreoffice, libreoffice_docx, npm_docx, npm_exceljs, openpyxl_book, python_docx
from word_xml import Word, deleted, p, package, run, words

made = {}


def letter(function):
    made[function.__name__] = function
    return function


def titled(place, month, *blocks):
    return [("title", f"宝峰镇{place}2023年{month}月"), ("title", "消防宣传“五进”工作情况"), *blocks]


# ── how mails come ──

@letter
def photographs_between_by_a_telephone():
    """A telephone's own mail program cuts the text at each photograph."""
    def photograph(of, name):
        return part(f'Content-Type: image/jpeg; name={name}; x-apple-part-url=8C-{of}\r\nContent-Disposition: inline; filename={name}', pictures.photo(of))
    return raw("<ydk@village.example>", word("杨大口村10月五进"), multipart([
        text_part("杨大口村10月消防宣传五进工作情况\n\n10月9日，在老街口开展消防宣传进农村活动，发放传单50份。\n\n", encoding="8bit"),
        photograph(1, "image0.jpeg"), text_part("\n10月16日，去幼儿园开展消防宣传进学校活动，小朋友80人参加。\n\n", encoding="8bit"),
        photograph(2, "image1.jpeg"), photograph(2, "image2.jpeg"), text_part("\n\n发自我的iPhone", encoding="8bit")],
        boundary="Apple-Mail-4F1C"), "X-Mailer: iPhone Mail (20G75)\r\n")


@letter
def written_in_outlook_as_a_table():
    def cell(inside):
        return f'<td width=180 valign=top style=\'border:solid windowtext 1.0pt;padding:0cm 5.4pt\'>{inside}</td>'

    def row(week, text, images):
        shown = "".join(f'<img width=200 height=150 id="图片_x0020_{one}" src="cid:image00{one}.jpg@01DA0812.5A3C"><o:p></o:p>' for one in images)
        return f"<tr>{cell(f'<p class=MsoNormal>{week}<o:p></o:p></p>')}{cell(f'<p class=MsoNormal>{text}<o:p></o:p></p>')}{cell(f'<p class=MsoNormal>{shown}</p>')}</tr>"

    html = ('<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">'
            "<style><!-- p.MsoNormal {margin:0cm; font-family:等线;} --></style></head><body lang=ZH-CN><div class=WordSection1>"
            "<p class=MsoNormal align=center><b>宝峰场社区2023年10月消防宣传“五进”工作情况<o:p></o:p></b></p><table class=MsoTableGrid border=1>"
            "<tr><td>周次</td><td>活动情况</td><td>图片</td></tr>" +
            row("第二周", "10月10日，在锦禾小区开展消防宣传进社区活动，约55人参加。", [1]) +
            row("第四周", "10月26日，走访临街门面，开展消防宣传进企业活动。", [2, 3]) + "</table><p class=MsoNormal><o:p>&nbsp;</o:p></p></div></body></html>")
    plain = ("宝峰场社区2023年10月消防宣传“五进”工作情况\r\n周次\r\n\r\n活动情况\r\n\r\n图片\r\n\r\n第二周\r\n\r\n10月10日，在锦禾小区开展消防宣传进社区活动，约55人参加。\r\n\r\n"
             "\r\n\r\n第四周\r\n\r\n10月26日，走访临街门面，开展消防宣传进企业活动。\r\n")

    def quoted(text, kind):
        return part(f'Content-Type: text/{kind}; charset="gb2312"', quopri.encodestring(text.encode("gb18030")).replace(b"\n", b"\r\n"), "quoted-printable")

    def image(number, of):
        return part(f'Content-Type: image/jpeg; name="image00{number}.jpg"\r\nContent-ID: <image00{number}.jpg@01DA0812.5A3C>', pictures.photo(of))
    both = multipart([quoted(plain, "plain"), quoted(html, "html")], "alternative", "----=_NextPart_001")
    return raw("<bfc@village.example>", word("10月五进情况", "gb2312"),
               multipart([both, image(1, 1), image(2, 2), image(3, 2)], "related", "----=_NextPart_000"), "X-Mailer: Microsoft Outlook 16.0\r\n")


@letter
def signed_by_its_sender():
    report = titled("五家坡村", 11, ("h1", "一、11月第一周（11月1日—5日）"), ("h2", "（一）消防宣传进企业"),
                    ("p", "11月2日，到采石场检查灭火器，给职工18人讲了用法。"), ("pics", [1]), ("h1", "二、11月第三周（11月13日—19日）"),
                    ("h2", "（二）消防宣传进农村"), ("p", "11月15日，在坡上新村放大喇叭，院坝里来了60多人。"), ("pics", [2, 2]))
    inside = multipart([text_part("十一月的，请查收。"), file_part("五家坡村11月消防宣传五进工作情况.docx", python_docx(report))], boundary="----inner")
    signature = part('Content-Type: application/pkcs7-signature; name="smime.p7s"\r\nContent-Disposition: attachment; filename="smime.p7s"',
                     random.Random("signature").randbytes(900))
    whole = multipart([inside, signature], "signed", "----outer").replace(
        b"multipart/signed;", b'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256;', 1)
    return raw("<wjp@village.example>", word("五家坡村11月五进"), whole)


@letter
def name_lost_on_the_way():
    """A gateway took the attachment's name; what it is shows in its bytes only."""
    report = titled("天星桥村", 10, ("p", "第一周"), ("p", "消防宣传进家庭"), ("p", "10月2日，帮王家湾独居老人换了插线板，入户8户。"), ("pics", [1]),
                    ("p", "第四周"), ("p", "消防宣传进农村"), ("p", "10月24日，在村口设点，发资料120份。"), ("pics", [2]))
    return raw("<txq@village.example>", word("天星桥村10月五进工作情况"), multipart([
        text_part("报上来了"), part('Content-Type: application/octet-stream; name="ATT00001.bin"\r\nContent-Disposition: attachment; filename="ATT00001.bin"',
                                  libreoffice_docx(report))]))


@letter
def percent_names_in_gbk():
    name = "".join(f"%{byte:02X}" for byte in "泸永桥村九月五进工作情况.docx".encode("gbk"))
    report = titled("泸永桥村", 9, ("p", "一、9月第一周（9月1日—10日）"), ("p", "（一）消防宣传进学校"), ("p", "9月4日，开学第一课，学生90人听讲。"), ("pics", [1, 1]),
                    ("p", "二、9月第三周（9月18日—24日）"), ("p", "（二）消防宣传进农村"), ("p", "9月20日，收割机旁讲防火。"), ("pics", [2]))
    attachment = part(f"Content-Type: application/msword;\r\n name*=GBK''{name}\r\nContent-Disposition: attachment;\r\n filename*=GBK''{name}", npm_docx(report))
    body = b"Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<div>" + "九月的材料".encode("gbk") + b"<br></div>\r\n"
    return raw("<lyq@village.example>", "泸永桥村九月五进".encode("gbk"), multipart([body, attachment]))


@letter
def bounced_receipt():
    receipt = mail("receipt", "station@example.org", "已收到：泸永桥村2023年10月消防宣传“五进”工作情况",
                   "泸永桥村2023年10月消防宣传“五进”工作情况已收到。\n第一周：10月7日，消防宣传进农村，图片2张。\n第二周：10月12日，消防宣传进学校，图片1张。\n")
    told = b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\nFinal-Recipient: rfc822; lyq@village.example\r\nAction: failed\r\nStatus: 5.2.2\r\n"
    whole = multipart([text_part("您的邮件未能送达：对方邮箱已满。\n"), told, b"Content-Type: message/rfc822\r\n\r\n" + receipt], "report", "----bounce")
    return raw("<MAILER-DAEMON@mail.example>", word("系统退信：已收到：泸永桥村2023年10月消防宣传“五进”工作情况"), whole, "Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n")


@letter
def invitation_to_a_meeting():
    calendar = ("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20231103T010000Z\r\nSUMMARY:泸永桥村11月消防宣传五进推进会\r\n"
                "LOCATION:村委会会议室\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    both = multipart([text_part("站上领导：\n11月3日上午9点，我村在会议室召开消防宣传五进工作推进会，请派人指导。\n"),
                      part('Content-Type: text/calendar; charset=utf-8; method=REQUEST', calendar.encode())], "alternative")
    return raw("<lyq@village.example>", word("邀请：泸永桥村11月消防宣传五进推进会"), both)


@letter
def packed_in_rar():
    packed = b"Rar!\x1a\x07\x01\x00" + random.Random("rar").randbytes(3000)
    return mail("rar", "lfq@village.example", "龙凤桥村10月消防宣传五进工作情况", "照片和文字都在压缩包里。", [("龙凤桥村10月五进.rar", packed)])


@letter
def word_and_its_print():
    report = titled("杨大口村", 9, ("p", "一、9月第二周（9月11日—17日）"), ("p", "（一）消防宣传进农村"), ("p", "9月13日，文艺队下组演出快板《防火谣》，约200人观看。"), ("pics", [1, 1, 1]),
                    ("p", "二、9月第四周（9月25日—30日）"), ("p", "（二）消防宣传进家庭"), ("p", "9月27日，入户查电线11户。"), ("pics", [2]))
    written = libreoffice_docx(report)
    stem = "杨大口村2023年9月消防宣传五进工作情况"
    return mail("print", "ydk@village.example", "杨大口村9月五进（含盖章件）", "Word版和盖章的PDF版都放上了，内容一样。", [
        (f"{stem}.docx", written), (f"{stem}.pdf", libreoffice(written, ".docx", "pdf"))])


@letter
def passed_on_from_a_telephone():
    report = titled("天星桥村", 10, ("p", "一、10月第二周（10月9日—15日）"), ("p", "（一）消防宣传进社区"), ("p", "10月13日，在安置小区楼下摆桌子答疑。"), ("pics", [1]),
                    ("p", "（二）消防宣传进企业"), ("p", "10月14日，到粮油加工厂走了一圈，提醒规范用电。"), ("pics", [2]))
    text = ('\n\n\n发自我的华为手机\n\n\n-------- 原始邮件 --------\n发件人："天星桥" <txq@village.example>\n发送时间：2023年10月26日周四 17:40\n'
            '收件人："分管领导" <leader@town.example>\n抄送：\n主题：天星桥村10月五进\n\n领导好，这是我们村10月的，9月的上回已报。\n')
    html = ("<div><br></div><div>发自我的华为手机</div><div>-------- 原始邮件 --------<br>发件人：&quot;天星桥&quot; &lt;txq@village.example&gt;<br>"
            "发送时间：2023年10月26日周四 17:40<br>主题：天星桥村10月五进</div><div>领导好，这是我们村10月的，9月的上回已报。</div>")
    return mail("telephone", "leader@town.example", "转发：天星桥村10月五进", text, [("天星桥村10月五进.docx", python_docx(report))], html)


# ── how Word files are written ──

@letter
def headings_run_into_the_text():
    return mail("runin", "lfq@village.example", "龙凤桥村9月消防宣传五进工作情况", "", [("9月五进（龙凤桥）.docx", python_docx(titled(
        "龙凤桥村", 9, ("p", "一、第一周（9月1日—9月10日）"),
        ("p", "（一）消防宣传进农村。9月5日上午，村两委在五组院坝召开秋季防火动员会，讲解焚烧秸秆的危害，到场群众60余人。"), ("pics", [1, 1]),
        ("p", "（二）消防宣传进家庭。9月8日，网格员走访留守老人家庭，发放明白卡26份。"), ("pics", [2]), ("p", "二、第三周（9月18日—9月24日）"),
        ("p", "（三）消防宣传进学校。9月19日，邀请专职消防员到村小学演示灭火器，师生共110人参加。"), ("pics", [3]))))])


@letter
def one_paragraph_of_broken_lines():
    """Shift and Enter all the way: a single paragraph, its pictures within."""
    def lines(*texts):
        return run("".join(f'<w:t xml:space="preserve">{text}</w:t><w:br/>' for text in texts))
    made_of = Word()
    made_of.p(inside=lines("杨大口村2023年11月消防宣传“五进”工作情况", "第一周", "消防宣传进农村：11月2日，在砖厂路口设点宣传，发放资料70份。") + made_of.inline(1) +
              lines("", "第三周", "消防宣传进家庭：11月14日，入户讲解取暖器使用。") + made_of.inline(2) + made_of.inline(2) + lines("", "杨大口村村委会", "2023年11月24日"))
    return mail("broken", "ydk@village.example", "杨大口村11月", "", [("杨大口村11月五进.docx", made_of.bytes())])


@letter
def moved_under_review():
    def moved(kind, text, identity):
        inner = words(text)
        return f'<w:move{kind} w:id="{identity}" w:author="丙" w:date="2023-10-25T09:00:00Z">{inner}</w:move{kind}>'
    mark = '<w:rPr><w:moveFrom w:id="9" w:author="丙" w:date="2023-10-25T09:00:00Z"/></w:rPr>'
    text = "10月11日，在一组晒坝讲解，约32人参加。"
    made_of = Word().title("宝峰镇龙凤桥村2023年10月消防宣传“五进”工作情况")
    made_of.p("一、10月第一周（10月1日—8日）").p("（一）消防宣传进企业").p("10月4日，到榨油坊讲解用火规范。").pics(1)
    made_of.p(properties=mark, inside=moved("From", "（二）消防宣传进农村", 10)).p(properties=mark, inside=moved("From", text, 11))
    made_of.p("二、10月第二周（10月9日—15日）").p(inside=moved("To", "（二）消防宣传进农村", 12)).p(inside=moved("To", text, 13)).pics(2)
    made_of.p(inside=words("10月") + deleted("二十") + words("14日") + "<w:proofErr w:type=\"spellStart\"/>" + words("，张贴海报。"))
    return mail("moved", "lfq@village.example", "龙凤桥村10月五进（修改稿）", "按意见改了。", [("龙凤桥村10月消防宣传五进工作情况（改）.docx", made_of.bytes())])


@letter
def canvas_beside_the_text():
    """Pictures and their captions on a drawing canvas, and the same again in VML for older programs."""
    made_of = Word()

    def canvas(whose):
        blips = "".join(made_of.blip(of) for of in whose)
        identities = [identity for identity, *_ in made_of.relations[-len(whose):]]
        box = f"<w:txbxContent>{''.join(p(f'图片{number}') for number in range(1, len(whose) + 1))}</w:txbxContent>"
        drawn = ('<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas">'
                 '<wpc:wpc xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"><wpc:bg/><wpc:whole/>'
                 f'{blips}<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></wpc:wpc></a:graphicData></a:graphic>')
        chosen = made_of.anchor(drawn).removeprefix("<w:r>").removesuffix("</w:r>")
        old = "".join(f'<v:shape style="width:140pt"><v:imagedata r:id="{identity}" o:title=""/></v:shape>' for identity in identities)
        return run(f'<mc:AlternateContent><mc:Choice Requires="wpc">{chosen}</mc:Choice><mc:Fallback><w:pict><v:group style="width:300pt">{old}'
                   f'<v:shape style="width:300pt"><v:textbox>{box}</v:textbox></v:shape></v:group></w:pict></mc:Fallback></mc:AlternateContent>')
    made_of.title("宝峰镇五家坡村2023年10月").title("消防宣传“五进”工作情况")
    made_of.p("一、10月第二周（10月9日—15日）").p("（一）消防宣传进农村").p("10月10日，在坡上新村广场宣讲，约41人参加。", inside=canvas([1, 1]))
    made_of.p("二、10月第三周（10月16日—22日）").p("（二）消防宣传进学校").p("10月18日，幼儿园消防小课堂。", inside=canvas([2]))
    return mail("canvas", "wjp@village.example", "五家坡村10月五进", "", [("五家坡村2023年10月消防宣传“五进”工作情况.docx", made_of.bytes())])


@letter
def kept_as_strict():
    made_of = Word().title("宝峰镇宝峰场社区2023年11月消防宣传“五进”工作情况")
    made_of.p("一、11月第二周（11月6日—12日）").p("（一）消防宣传进社区").p("11月9日，消防日当天在广场摆摊，发放宣传资料300份。").pics(1, 1)
    made_of.p("二、11月第四周（11月20日—26日）").p("（二）消防宣传进企业").p("11月22日，组织物业和商户疏散演练，约95人参加。").pics(2)
    strict = [("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"),
              ("schemas.openxmlformats.org/officeDocument/2006/relationships", "purl.oclc.org/ooxml/officeDocument/relationships"),
              ("schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"),
              ("schemas.openxmlformats.org/drawingml/2006/main", "purl.oclc.org/ooxml/drawingml/main"),
              ("schemas.openxmlformats.org/drawingml/2006/picture", "purl.oclc.org/ooxml/drawingml/picture")]

    def turned(content):
        for loose, its in strict if isinstance(content, str) else []:
            content = content.replace("http://" + loose, "http://" + its)
        return content
    return mail("strict", "bfc@village.example", "宝峰场社区11月", "", [
        ("宝峰场社区11月五进工作情况.docx", package([(name, turned(content)) for name, content in made_of.entries()]))])


@letter
def gallery_in_a_table_at_the_end():
    return mail("gallery", "lyq@village.example", "泸永桥村11月五进", "图片统一放在后面。", [("泸永桥村11月.docx", python_docx(titled(
        "泸永桥村", 11, ("p", "11月7日，在二组院坝开展消防宣传进农村活动，约38人参加。"), ("p", "11月16日，到村小学开展消防宣传进学校活动，疏散学生75人。"),
        ("p", "附图："), ("table", [[[("pics", [1])], [("pics", [1])]], ["进农村：院坝会", "进农村：发放资料"],
                                  [[("pics", [2])], [("pics", [2])]], ["进学校：消防课", "进学校：疏散"]]))))])


@letter
def circles_and_half_told_days():
    return mail("circles", "wjp@village.example", "10月", "五家坡", [("五家坡10月.docx", libreoffice_docx([
        ("title", "五家坡村 2023 年 10 月消防宣传五进工作情况"), ("bold", "第１周"), ("p", "①进农村：10月4号，在二组院子摆摊，发宣传单三十余份。"), ("pics", [1]),
        ("p", "②进家庭：10月8号，走访独居老人5户。"), ("pics", [2]), ("bold", "第３周"),
        ("p", "③进企业：10月19号下午，到砖厂讲用电安全，工人22人听讲。"), ("pics", [3, 3])]))])


@letter
def chinese_figures_throughout():
    return mail("figures", "txq@village.example", "天星桥村十一月份五进工作情况", "", [("天星桥村十一月五进.docx", npm_docx([
        ("title", "宝峰镇天星桥村二〇二三年十一月"), ("title", "消防宣传“五进”工作情况"), ("p", "一、十一月第一周（十一月一日至五日）"), ("p", "（一）消防宣传进农村"),
        ("p", "十一月三日，在三组召开坝坝会，参加群众四十余人。"), ("pics", [1]), ("p", "二、十一月第二周（十一月六日至十二日）"), ("p", "（二）消防宣传进学校"),
        ("p", "十一月九日，到村小学开展“119”消防日活动。"), ("pics", [2, 2]), ("p", "三、十一月第五周（十一月二十七日至三十日）"), ("p", "（三）消防宣传进家庭"),
        ("p", "十一月二十八日，入户检查取暖炉，走访十二户。"), ("pics", [3])]))])


# ── what it says ──

@letter
def months_of_a_quarter():
    return mail("quarter", "lyq@village.example", "泸永桥村三季度五进", "", [("泸永桥村三季度.docx", python_docx([
        ("title", "宝峰镇泸永桥村2023年第三季度消防宣传“五进”工作情况"), ("h1", "8月"), ("p", "8月10日，开展消防宣传进农村活动。"), ("pics", [1]),
        ("p", "8月22日，开展消防宣传进家庭活动。"), ("pics", [2]), ("h1", "9月"), ("p", "9月6日，开展消防宣传进学校活动。"), ("pics", [3])]))])


@letter
def neighbours_report_kept_as_a_model():
    own = titled("泸永桥村", 10, ("p", "一、10月第三周（10月16日—22日）"), ("p", "（一）消防宣传进农村"), ("p", "10月17日，在四组院坝宣讲。"), ("pics", [1]))
    model = titled("龙凤桥村", 9, ("p", "一、9月第二周（9月11日—17日）"), ("p", "（一）消防宣传进学校"), ("p", "9月12日，到村小学讲课。"), ("pics", [0]))
    return mail("model", "lyq@village.example", "泸永桥村10月五进", "照着龙凤桥村上月的格式写的，一并附上，看格式对不对。", [
        ("泸永桥村10月五进.docx", python_docx(own)), ("参考-龙凤桥村9月.docx", npm_docx(model))])


@letter
def two_held_told_in_one_breath():
    return mail("breath", "ydk@village.example", "杨大口村10月五进", "", [("杨大口村10月.docx", npm_docx(titled(
        "杨大口村", 10, ("p", "第二周"), ("p", "10月11日到二组开展消防宣传进农村活动，10月13日又到村小学开展消防宣传进学校活动，群众和学生都说好。"), ("pics", [0, 0]))))])


@letter
def originals_beside_the_report():
    report = titled("五家坡村", 10, ("p", "一、10月第二周（10月9日—15日）"), ("p", "（一）消防宣传进农村"), ("p", "10月12日，院坝会，约29人参加。"), ("pics", [1]),
                    ("p", "（二）消防宣传进家庭"), ("p", "10月13日，入户。"), ("pics", [2]))
    return mail("originals", "wjp@village.example", "五家坡村10月五进及照片原图", "照片另发原图。", [
        ("五家坡村10月五进.docx", python_docx(report)), *[(f"IMG_2023101{n}_0930{n}.jpg", pictures.jpeg(0, (90 + n, 66))) for n in range(4)]])


@letter
def folders_say_whose_pictures():
    report = titled("龙凤桥村", 10, ("p", "第二周"), ("p", "消防宣传进农村"), ("p", "10月10日，在八组院坝讲解用电用气安全，约44人参加。"), ("p", "第三周"),
                    ("p", "消防宣传进学校"), ("p", "10月18日，到村小学讲逃生。"))
    return mail("folders", "lfq@village.example", "龙凤桥村10月五进", "文字和照片都在包里，照片按活动分了文件夹。", [("龙凤桥村10月.zip", zipped([
        ("龙凤桥村10月/龙凤桥村10月五进工作情况.docx", npm_docx(report)), ("龙凤桥村10月/10月10日进农村/1.jpg", pictures.jpeg(1)),
        ("龙凤桥村10月/10月10日进农村/2.jpg", pictures.jpeg(1, (72, 54))), ("龙凤桥村10月/10月18日进学校/1.jpg", pictures.jpeg(2))], "gbk"))])


@letter
def report_in_a_sheet():
    rows = [["宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况"], ["序号", "周次", "日期", "类别", "活动内容", "参加人数", "备注"],
            [1, "第一周", "10月6日", "进农村", "在六组院坝讲解秸秆禁烧", 35, ""], [2, "第二周", "10月11日", "进学校", "村小学消防课", 80, ""],
            [3, "第四周", "10月25日", "进家庭", "走访独居老人", 6, ""]]
    return mail("sheetreport", "lyq@village.example", "泸永桥村10月五进情况表", "", [("泸永桥村10月五进情况表.xlsx", npm_exceljs(rows, ["A1:G1"]))])


@letter
def plan_with_months_as_rows():
    rows = [["活动周期", "计划“五进”村社", "宣传重点", "负责人"], ["8月", "<", "<", "<"], ["第三周（14日—20日）", "五家坡村委会", "坡上新村", "温若谷"],
            ["第四周（21日—27日）", "五家坡村委会", "采石场", "温若谷"], ["9月", "<", "<", "<"], ["第一周（1日—10日）", "五家坡村委会", "幼儿园", "岑一鸣"],
            ["第二周（11日—17日）", "五家坡村委会", "二组、三组", "温若谷"]]
    return mail("monthrows", "wjp@village.example", "五家坡村计划", "", [("五家坡村消防宣传五进计划表.docx", python_docx(
        [("p", "附件1"), ("title", "宝峰镇五家坡村2023年消防宣传“五进”计划表"), ("table", rows)]))])


@letter
def plan_with_days_as_dates():
    book = openpyxl.load_workbook(io.BytesIO(openpyxl_book([["杨大口村2023年消防宣传“五进”计划表"], ["开始时间", "结束时间", "村社", "宣传重点", "负责人"]], ["A1:E1"])))
    sheet = book.active
    for start, spot in (((2023, 8, 14), "文化广场"), ((2023, 8, 21), "砖厂"), ((2023, 9, 11), "村小学")):
        first = datetime.date(*start)
        sheet.append([first, first + datetime.timedelta(6), "杨大口村委会", spot, "苏望野"])
    for row in sheet.iter_rows(min_row=3, max_col=2):
        for cell in row:
            cell.number_format = 'yyyy"年"m"月"d"日"'
    book.create_sheet("Sheet2")
    book.create_sheet("Sheet3")
    into = io.BytesIO()
    book.save(into)
    return mail("dates", "ydk@village.example", "杨大口村五进计划", "", [("杨大口村计划表.xlsx", into.getvalue())])


@letter
def summary_with_its_table():
    rows = [["月份", "进企业", "进农村", "进社区", "进学校", "进家庭", "合计（场）"], ["8月", "1", "0", "2", "0", "1", "4"], ["9月", "1", "0", "2", "1", "1", "5"],
            ["10月", "2", "0", "1", "1", "1", "5"], ["合计", "4", "0", "5", "2", "3", "14"]]
    blocks = [("title", "宝峰镇宝峰场社区2023年消防宣传"), ("title", "“五进”工作总结"), ("p", "按照宝峰府发〔2023〕47号通知要求，现将2023年工作总结如下。"),
              ("h1", "一、基本情况"), ("p", "全年开展消防宣传活动14场，发放资料900份。"), ("h1", "二、主要做法"), ("h2", "（一）抓阵地"), ("p", "建成固定宣传点1处。"),
              ("pics", [0, 0]), ("h2", "（二）抓队伍"), ("p", "10月20日开展志愿者培训。"), ("h1", "三、存在问题"), ("p", "老旧小区电动车停放仍不规范。"),
              ("h1", "四、下一步打算"), ("p", "2024年1月起每月上门一次。"), ("p", "附：2023年消防宣传“五进”活动统计表"), ("table", rows)]
    return mail("summary", "bfc@village.example", "宝峰场社区年度总结", "", [("宝峰场社区2023年消防宣传五进工作总结.docx", libreoffice_docx(blocks))])


@letter
def nothing_held_told_in_the_letter():
    return mail("nothing", "txq@village.example", "天星桥村11月五进工作情况", "天星桥村2023年11月消防宣传“五进”工作情况\n\n因换届选举工作任务重，11月份没有组织开展集中宣传，12月补上。\n\n天星桥村村委会\n2023年11月27日\n")


@letter
def fraud_records_in_a_table():
    rows = [["周次", "日期", "类别", "内容", "照片"], ["第二周", "3月13日", "反诈宣讲进集市", "赶场天摆摊宣讲，约75人参加。", [("pics", [1])]],
            ["第四周", "3月27日", "反诈宣讲进网点", "在邮政网点提醒老人防骗。", [("pics", [2, 2])]]]
    return mail("fraudtable", "west@village.example", "西岭村反诈宣讲记录", "", [("西岭村2024年3月反诈宣讲记录.docx", npm_docx(
        [("title", "青石镇西岭村2024年3月"), ("title", "反诈宣讲记录"), ("table", rows)]))])


# ── what is dragged onto the desk ──

@letter
def dragged_from_a_chat():
    report = titled("泸永桥村", 10, ("p", "一、10月第四周（10月23日—31日）"), ("p", "（一）消防宣传进农村"), ("p", "10月25日，在七组院坝宣讲，约27人参加。"), ("pics", [1]))
    return {"泸永桥村10月五进.docx": python_docx(report), **{f"微信图片_202310251{n}.jpg": pictures.jpeg(0, (84 + n, 60)) for n in range(3)}}
