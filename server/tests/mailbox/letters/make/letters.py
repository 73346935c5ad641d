"""The letters that the reader may be mended by. What each must be understood as stands beside it, in NAME.txt."""
import base64

import pictures
from mails import docx_type, file_part, mail, mail_around, multipart, part, raw, text_part, winmail, word, words_cut, zipped
from programs import libreoffice_doc, libreoffice_docx, npm_docx, npm_exceljs, openpyxl_book, python_docx
from word_xml import Word, deleted, field, inserted, p, package, run, words

made = {}


def letter(function):
    made[function.__name__] = function
    return function


def october(place, *blocks):
    return [("title", f"宝峰镇{place}2023年10月"), ("title", "消防宣传“五进”工作情况"), *blocks]


def of_two_weeks(place, spot="三组院坝"):
    """A report as the form orders it: three activities, of 2, 1 and 1 pictures."""
    return october(
        place, ("p", "一、10月第一周（10月1日—8日）"), ("p", "（一）消防宣传进农村"),
        ("p", f"10月7日上午，在{spot}召开院坝会，讲解秋收时节用火用电，约46人参加。"), ("pics", [1, 1]), ("caption", "图片1　图片2"),
        ("p", "（二）消防宣传进家庭"), ("p", "10月8日，入户走访独居老人6户，发放宣传资料30份。"), ("pics", [2]), ("caption", "图片1"),
        ("p", "二、10月第二周（10月9日—15日）"), ("p", "（三）消防宣传进学校"),
        ("p", "10月12日，到村小学讲逃生知识，组织疏散演练。"), ("pics", [3]), ("caption", "图片1"))


# ── how mails come ──

@letter
def qq_gb18030():
    docx = python_docx(of_two_weeks("泸永桥村"))
    name = word("宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况.docx", "gb18030")
    attachment = part(f'Content-Type: application/octet-stream; charset="gb18030"; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"', docx)
    both = multipart([text_part("请查收。\n", "gb18030"), text_part("<div>请查收。</div><div><includetail></includetail></div>", "gb18030", "html")],
                     "alternative", "----=_NextPart_ALT")
    return raw(f'"{word("桥边的人", "gb18030")}" <lyq@village.example>', word("泸永桥村10月五进", "gb18030"), multipart([both, attachment], boundary="----=_NextPart_MIX"))


@letter
def netease_gbk():
    docx = npm_docx(of_two_weeks("龙凤桥村", "桥头"))
    name = word("龙凤桥村10月消防宣传五进工作情况.docx", "GBK", "Q")
    attachment = part(f'Content-Type: {docx_type}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"', docx)
    return raw(f'{word("龙凤桥村", "GBK")} <lfq@village.example>', word("10月材料", "GBK"), multipart([text_part("见附件", "GBK"), attachment]))


@letter
def undeclared_gbk():
    docx = libreoffice_docx(of_two_weeks("天星桥村", "二组晒坝"))
    head = 'Content-Type: application/msword; name="天星桥村十月消防宣传五进情况.docx"\r\nContent-Disposition: attachment; filename="天星桥村十月消防宣传五进情况.docx"'.encode("gbk")
    body = b"Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + "站上领导：材料已做好，请查收。\r\n".encode("gbk")
    return raw("天星桥 <txq@village.example>".encode("gbk"), "天星桥村十月份材料".encode("gbk"), multipart([body, part(head, docx)]))


@letter
def foxmail_words_cut():
    docx = python_docx(of_two_weeks("五家坡村"))
    subject = words_cut("五家坡村2023年10月消防宣传五进工作情况", "gb2312", 11)
    name = words_cut("五家坡村10月工作情况.docx", "gb2312", 9)
    attachment = part(f'Content-Type: {docx_type};\r\n name="{name}"\r\nContent-Disposition: attachment;\r\n filename="{name}"', docx)
    return raw("<wjp@village.example>", subject, multipart([text_part("您好，请收。", "gb2312"), attachment]), "X-Mailer: Foxmail 7.2\r\n")


@letter
def name_in_pieces():
    name = "宝峰镇杨大口村2023年10月消防宣传“五进”工作情况（定稿）.docx".encode()
    quoted = "".join(f"%{byte:02X}" for byte in name)
    pieces = [quoted[at:at + 60] for at in range(0, len(quoted), 60)]
    disposition = "filename*0*=UTF-8''" + ";\r\n filename*".join(f"{number}*={piece}" if number else piece for number, piece in enumerate(pieces))
    return raw("<ydk@village.example>", word("五进"), multipart([text_part("报送。"), file_part("x.docx", npm_docx(of_two_weeks("杨大口村")), disposition)]))


@letter
def outlook_winmail():
    docx = npm_docx(of_two_weeks("泸永桥村", "文化广场"))
    tnef = winmail([("泸永桥村10月消防宣传五进工作情况.docx", docx)])
    return raw("<lyq@village.example>", word("泸永桥村10月五进工作情况"), multipart([
        text_part("附件是本月的。"), part('Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Disposition: attachment; filename="winmail.dat"', tnef)]))


@letter
def nested_parts_and_a_logo():
    html = '<html><body><p>请查收附件。</p><p><img src="cid:logo@v"></p></body></html>'
    docx = python_docx(of_two_weeks("龙凤桥村"))
    return mail("nested", "lfq@village.example", "龙凤桥村10月消防宣传五进", "请查收附件。", [("龙凤桥村10月.docx", docx)], html, [("logo@v", pictures.logo())])


@letter
def report_in_html_with_pictures_between():
    html = ('<p>泸永桥村2023年10月消防宣传“五进”工作情况</p><p>10月5日，在一组院坝开展消防宣传进农村活动，约30人参加。</p><p><img src="cid:a"></p>'
            '<p>10月18日，到村小学开展消防宣传进学校活动。</p><p><img src="cid:b"></p>')
    text = "泸永桥村2023年10月消防宣传“五进”工作情况\n10月5日，在一组院坝开展消防宣传进农村活动，约30人参加。\n10月18日，到村小学开展消防宣传进学校活动。\n"
    return mail("between", "lyq@village.example", "泸永桥村10月五进", text, html=html, inline=[("a", pictures.photo(1)), ("b", pictures.photo(2))])


@letter
def html_only_with_scripts():
    html = ('<html><head><style>p{color:red}</style><script>alert("9月")</script></head><body onload="go()"><h3>龙凤桥村2023年10月消防宣传“五进”工作情况</h3>'
            '<p>10月11日，在二组晒坝开展消防宣传进农村活动，约25人参加。</p><p>10月19日，入户走访，开展消防宣传进家庭活动。</p>'
            '<img src="http://tracker.example/9月.gif"><!-- 9月 --><div style="display:none">天星桥村9月</div></body></html>')
    return raw("<lfq@village.example>", word("龙凤桥村10月五进情况"), text_part(html, kind="html"))


@letter
def forwarded_as_messages():
    inner = mail("inner", "wjp@village.example", "五家坡村10月消防宣传五进", "附上材料。", [("五家坡村10月消防宣传五进工作情况.docx", python_docx(of_two_weeks("五家坡村")))])
    return mail_around("around", "officer@town.example", "Fwd: 五家坡村10月消防宣传五进", "转一份。", [inner])


@letter
def forwarded_within_forwarded():
    inner = mail("inner2", "a@village.example", "天星桥村10月五进", "请转。", [("天星桥村10月消防宣传五进工作情况.docx", npm_docx(of_two_weeks("天星桥村")))])
    between = mail_around("between2", "b@village.example", "转发：天星桥村10月五进", "请转站上。", [inner])
    return mail_around("outer2", "txq@village.example", "转发：转发：天星桥村10月五进", "见转发。", [between])


@letter
def forwarded_and_quoted():
    text = ("\n\n------------------ 转发邮件 ------------------\n发件人: 杨柳 <y@village.example>\n发送时间: 2023年10月26日(星期四) 上午9:20\n"
            "收件人: 村上 <ydk@village.example>\n主题: 杨大口村10月\n\n10月的做好了。\n")
    return mail("quoted", "ydk@village.example", "转发：杨大口村10月消防宣传五进工作情况", text, [("杨大口村10月五进.docx", libreoffice_docx(of_two_weeks("杨大口村")))])


@letter
def answer_over_the_reminder():
    text = ("已报，请查收。\n\n在2023年10月20日，消防工作站<station@example.org>写道：\n> 各村：请报送9月、10月消防宣传“五进”工作情况。天星桥村9月的还没有收到。\n")
    return mail("answer", "lyq@village.example", "回复：请报送10月工作情况", text, [("泸永桥村10月消防宣传五进工作情况.docx", npm_docx(of_two_weeks("泸永桥村")))])


@letter
def zip_with_gbk_names():
    return mail("zip", "lfq@village.example", "龙凤桥村10月五进", "打包了。", [("材料.zip", zipped([("龙凤桥村10月消防宣传五进工作情况.docx", python_docx(of_two_weeks("龙凤桥村")))], "gbk"))])


@letter
def zip_within_zip():
    inner = zipped([("天星桥村2023年10月消防宣传“五进”工作情况.docx", npm_docx(of_two_weeks("天星桥村")))])
    return mail("zipzip", "txq@village.example", "天星桥村材料", "", [("天星桥村.zip", zipped([("10月/里层.zip", inner)], "gbk"))])


@letter
def all_behind_a_link():
    html = ('<p>泸永桥村10月五进材料，附件太大。</p><p>从QQ邮箱发来的超大附件</p><a href="https://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=0&code=1">'
            "泸永桥村10月消防宣传五进工作情况.docx</a>")
    return raw("<lyq@village.example>", word("泸永桥村10月五进"), text_part(html, kind="html"))


@letter
def link_beside_the_report():
    html = '<p>请查收。照片原图在网盘：<a href="https://pan.baidu.com/s/1abcdef">照片原图</a></p>'
    return mail("link", "lyq@village.example", "泸永桥村10月五进工作情况", "请查收。照片原图在网盘：https://pan.baidu.com/s/1abcdef", [
        ("泸永桥村10月消防宣传五进工作情况.docx", python_docx(of_two_weeks("泸永桥村")))], html)


@letter
def pictures_alone():
    files = [(f"微信图片_2023102{n}.jpg", pictures.jpeg(0, (80 + n, 60))) for n in range(4)]
    return mail("alone", "lyq@village.example", "泸永桥村10月消防宣传五进照片", "", files)


@letter
def pictures_of_a_stranger():
    return mail("stranger", "nobody@elsewhere.example", "照片", "", [("IMG_1.jpg", pictures.jpeg(0)), ("IMG_2.jpg", pictures.jpeg(0, (70, 50)))])


@letter
def two_months_in_one():
    september = [(kind, text.replace("10月", "9月") if isinstance(text, str) else text) for kind, text in of_two_weeks("泸永桥村")]
    return mail("two", "lyq@village.example", "泸永桥村9月、10月五进", "两个月的一起报。", [
        ("泸永桥村9月消防宣传五进工作情况.docx", npm_docx(september)), ("泸永桥村10月消防宣传五进工作情况.docx", npm_docx(of_two_weeks("泸永桥村")))])


@letter
def two_villages_in_one():
    return mail("villages", "officer@town.example", "10月五进", "收齐两个村的。", [
        ("龙凤桥村10月消防宣传五进工作情况.docx", npm_docx(of_two_weeks("龙凤桥村"))), ("天星桥村10月消防宣传五进工作情况.docx", python_docx(of_two_weeks("天星桥村")))])


@letter
def automatic_answer():
    return mail("away", "lyq@village.example", "自动回复：请报送10月消防宣传五进工作情况", "我外出培训，10月28日回来，有事请打电话。", headers=[("Auto-Submitted", "auto-replied")])


@letter
def same_report_twice():
    docx = npm_docx(of_two_weeks("五家坡村"))
    return mail("twice", "wjp@village.example", "五家坡村10月五进", "怕打不开，又放了一份在压缩包里。", [
        ("五家坡村10月消防宣传五进工作情况.docx", docx), ("备份.zip", zipped([("五家坡村10月消防宣传五进工作情况.docx", docx)], "gbk"))])


@letter
def sign_in_sheet_beside():
    sheet = openpyxl_book([["消防宣传进农村活动签到表"], ["序号", "姓名", "村民小组"], [1, "沈知禾", "一组"], [2, "温若谷", "二组"]])
    return mail("sheet", "lyq@village.example", "泸永桥村10月五进", "", [("泸永桥村10月消防宣传五进工作情况.docx", python_docx(of_two_weeks("泸永桥村"))), ("签到表.xlsx", sheet)])


# ── what is wrong with it ──

@letter
def title_of_september_days_of_october():
    blocks = of_two_weeks("泸永桥村")
    blocks[0] = ("title", "宝峰镇泸永桥村2023年9月")
    return mail("september", "lyq@village.example", "泸永桥村五进", "", [("工作情况.docx", python_docx(blocks))])


@letter
def title_of_the_neighbour():
    return mail("neighbour", "lyq@village.example", "10月五进", "", [("10月消防宣传五进工作情况.docx", python_docx(of_two_weeks("龙凤桥村")))])


@letter
def text_of_the_neighbour():
    blocks = [(kind, text.replace("在三组院坝", "在龙凤桥村三组院坝").replace("到村小学", "到龙凤桥村小学") if isinstance(text, str) else text)
              for kind, text in of_two_weeks("泸永桥村")]
    return mail("copied", "lyq@village.example", "泸永桥村10月五进", "", [("泸永桥村10月消防宣传五进工作情况.docx", npm_docx(blocks))])


@letter
def truncated_docx():
    docx = python_docx(of_two_weeks("泸永桥村"))
    return mail("truncated", "lyq@village.example", "泸永桥村10月消防宣传五进工作情况", "", [("泸永桥村10月消防宣传五进工作情况.docx", docx[:len(docx) * 2 // 3])])


@letter
def locked_docx():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000
    return mail("locked", "lfq@village.example", "龙凤桥村10月消防宣传五进工作情况", "密码是村名拼音。", [("龙凤桥村10月消防宣传五进工作情况.docx", locked)])


@letter
def broken_base64():
    docx = base64.encodebytes(npm_docx(of_two_weeks("天星桥村"))).decode().replace("\n", "\r\n")
    broken = docx[:2000] + "\r\n***该附件已被网关处理***\r\n" + docx[4000:]
    name = word("天星桥村10月消防宣传五进工作情况.docx")
    attachment = (f'Content-Type: {docx_type}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
                  f"Content-Transfer-Encoding: base64\r\n\r\n{broken}").encode()
    return raw("<txq@village.example>", word("天星桥村10月五进工作情况"), multipart([text_part("报送"), attachment]))


@letter
def with_macros():
    made_of = plain_word("杨大口村")
    made_of.part("vbaProject", "vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Attribute VB_Name", "application/vnd.ms-office.vbaProject")
    entries = [(name, content.replace("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                                      "application/vnd.ms-word.document.macroEnabled.main+xml") if name == "[Content_Types].xml" else content)
               for name, content in made_of.entries()]
    return mail("macros", "ydk@village.example", "杨大口村10月五进", "", [("杨大口村10月消防宣传五进工作情况.docm", package(entries))])


@letter
def old_word_without_converter():
    return mail("old", "lyq@village.example", "泸永桥村10月消防宣传五进工作情况", "", [("泸永桥村10月消防宣传五进工作情况.doc", libreoffice_doc(of_two_weeks("泸永桥村")))])


@letter
def new_word_called_doc():
    return mail("called", "lfq@village.example", "龙凤桥村10月五进", "", [("龙凤桥村10月消防宣传五进工作情况.doc", npm_docx(of_two_weeks("龙凤桥村")))])


# ── how Word files are written ──

def plain_word(place):
    """Two activities of one picture each, as Word itself would hold them."""
    made_of = Word().title(f"宝峰镇{place}2023年10月消防宣传“五进”工作情况")
    made_of.p("一、10月第一周（10月1日—8日）").p("（一）消防宣传进农村").p("10月6日，在一组院坝讲解秸秆禁烧和用电安全，约30人参加。").pics(1)
    return made_of.p("二、10月第三周（10月16日—22日）").p("（二）消防宣传进家庭").p("10月17日，入户走访独居老人，检查电线。").pics(2)


@letter
def headings_in_figures():
    blocks = october("泸永桥村", ("bold", "1.第一周"), ("p", "(1)消防宣传进农村"), ("p", "10月7日，在桥头设点宣传。"), ("pics", [1]),
                     ("bold", "2.第三周"), ("p", "(2)消防宣传进企业"), ("p", "10月17日，到恒穗米业（示例）查看灭火器。"), ("pics", [2, 2]))
    return mail("figures", "lyq@village.example", "泸永桥村10月五进", "", [("泸永桥村10月.docx", python_docx(blocks))])


@letter
def headings_in_brackets():
    blocks = october("龙凤桥村", ("h1", "（一）第二周"), ("h2", "1、进学校"), ("p", "１０月１１日，给村小学上消防课，１２０人听讲。"), ("pics", [1]),
                     ("h2", "2、进农村"), ("p", "１０月１３日，广播宣传。"), ("pics", [2]), ("h1", "（二）第四周"), ("h2", "1、进家庭"),
                     ("p", "１０月２４日，入户发放明白卡４５份。"), ("pics", [3]))
    return mail("brackets", "lfq@village.example", "龙凤桥村10月五进", "", [("龙凤桥村10月工作情况.docx", npm_docx(blocks))])


@letter
def numbered_by_the_program():
    blocks = october("天星桥村", ("number1", "10月第一周"), ("number2", "消防宣传进农村"), ("p", "10月5日，院坝会，40人。"), ("pics", [1]),
                     ("number2", "消防宣传进家庭"), ("p", "10月6日，入户。"), ("pics", [2]), ("number1", "10月第二周"), ("number2", "消防宣传进学校"),
                     ("p", "10月10日，消防课。"), ("pics", [3, 3]))
    return mail("numbered", "txq@village.example", "天星桥村10月五进", "", [("天星桥村10月消防宣传五进工作情况.docx", npm_docx(blocks))])


@letter
def title_in_a_text_box():
    made_of = Word().p(inside=Word.text_box(helper := Word(), "宝峰镇五家坡村2023年10月消防宣传“五进”工作情况"))
    assert not helper.media
    made_of.p("第一周").p("消防宣传进农村：10月4日，在晒坝讲解防火，约20人参加。").pics(1).p("第二周").p("消防宣传进社区：10月10日，张贴海报。").pics(2)
    return mail("box", "wjp@village.example", "五家坡村10月五进", "", [("10月五进.docx", made_of.bytes())])


@letter
def floating_grouped_and_cropped():
    made_of = Word().title("宝峰镇杨大口村2023年10月消防宣传“五进”工作情况")
    made_of.p("一、10月第一周（10月1日—8日）").p("（一）消防宣传进农村")
    made_of.p("10月3日，在文化广场设点，发放资料80份。", inside=made_of.floating(1))
    made_of.p("二、10月第二周（10月9日—15日）").p("（二）消防宣传进企业").p("10月12日，到砖厂讲解。")
    made_of.p(inside=made_of.grouped([2, 2]))
    made_of.p("三、10月第三周（10月16日—22日）").p("（三）消防宣传进家庭").p("10月18日，入户。")
    made_of.p(inside=made_of.inline(3, crop='<a:srcRect l="10000" r="12000"/>') + made_of.old_picture(3))
    return mail("floating", "ydk@village.example", "杨大口村10月五进", "", [("杨大口村10月消防宣传五进工作情况.docx", made_of.bytes())])


@letter
def floating_by_libreoffice():
    return mail("lofloat", "lyq@village.example", "泸永桥村10月五进", "", [("泸永桥村10月消防宣传五进工作情况.docx", libreoffice_docx(of_two_weeks("泸永桥村"), "paragraph"))])


@letter
def pictures_in_cells():
    blocks = october("宝峰场社区", ("p", "一、10月第一周（10月1日—8日）"), ("p", "（一）消防宣传进社区"), ("p", "10月5日，在锦禾小区设点宣传，约60人参加。"),
                     ("table", [[[("pics", [1])], [("pics", [1])]], ["图片1", "图片2"]]), ("p", "（二）消防宣传进企业"), ("p", "10月7日，临街门面逐户宣传。"),
                     ("table", [[[("pics", [2])], [("pics", [2])]], ["图片1", "图片2"], [[("pics", [2])], "<"], ["图片3", "<"]]))
    return mail("cells", "bfc@village.example", "宝峰场社区10月五进", "", [("宝峰场社区10月消防宣传五进工作情况.docx", libreoffice_docx(
        [(k, [[c for c in row if c != "<"] for row in v]) if k == "table" else (k, v) for k, v in blocks]))])


@letter
def table_with_merged_weeks():
    blocks = october("宝峰场社区", ("table", [
        ["周次", "时间", "活动情况", "照片"], ["第一周", "10月4日", "消防宣传进社区：小区宣讲，35人", [("pics", [1])]],
        ["^", "10月6日", "消防宣传进企业：门面逐户讲解", [("pics", [2])]], ["第三周", "10月18日", "消防宣传进家庭：入户走访", [("pics", [3])]]]))
    return mail("merged", "bfc@village.example", "宝峰场社区10月五进", "", [("宝峰场社区10月.docx", npm_docx(blocks))])


@letter
def frame_with_tables_within():
    inner = [("p", "一、10月第一周（10月1日—8日）"), ("p", "（一）消防宣传进农村"), ("p", "10月7日，院坝会，约46人参加。"),
             ("table", [[[("pics", [1])], [("pics", [1])]], ["图片1", "图片2"]]), ("p", "二、10月第二周（10月9日—15日）"), ("p", "（二）消防宣传进学校"),
             ("p", "10月12日，到村小学上课。"), ("table", [[[("pics", [2])]], ["图片1"]])]
    blocks = [("table", [[[("title", "宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况"), *inner]]])]
    return mail("frame", "lyq@village.example", "泸永桥村10月五进", "", [("泸永桥村10月消防宣传五进.docx", python_docx(blocks))])


@letter
def drawing_of_windows():
    made_of = plain_word("龙凤桥村")
    emf = b"\x01\0\0\0\x6c\0\0\0" + b"\0" * 32 + b" EMF" + b"\0" * 60
    made_of.p(inside=made_of.inline(0, coded=emf, suffix="emf"))
    return mail("emf", "lfq@village.example", "龙凤桥村10月五进", "", [("龙凤桥村10月消防宣传五进工作情况.docx", made_of.bytes())])


@letter
def changes_tracked():
    made_of = Word().title("宝峰镇天星桥村2023年10月消防宣传“五进”工作情况")
    made_of.p("一、10月第一周（10月1日—8日）").p("（一）消防宣传进农村")
    made_of.p(inside=words("10月") + deleted("3") + inserted("6") + words("日，院坝会，约") + deleted("300") + inserted("30") + words("人参加。")).pics(1)
    made_of.p(inside=deleted("二、10月第二周（10月9日—15日）")).p(inside=deleted("（二）消防宣传进学校")).p(inside=deleted("10月11日，消防课。"))
    made_of.p("三、10月第三周（10月16日—22日）").p(inside=inserted("（二）消防宣传进家庭")).p(inside=inserted("10月17日，入户走访。")).pics(2)
    return mail("tracked", "txq@village.example", "天星桥村10月五进", "", [("天星桥村10月消防宣传五进工作情况.docx", made_of.bytes())])


@letter
def comments_headers_and_hidden_words():
    made_of = plain_word("五家坡村")
    made_of.part("comments", "comments.xml", '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" w:author="乙">'
                 "<w:p><w:r><w:t>9月的照片不要用</w:t></w:r></w:p></w:comment></w:comments>")
    made_of.p(inside=run('<w:commentReference w:id="0"/>'))
    made_of.p(inside=words("9月第一周，天星桥村", "<w:vanish/>"))
    identity = made_of.part("header", "header1.xml", '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>天星桥村9月</w:t></w:r></w:p></w:hdr>')
    made_of.add(f'<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="{identity}"/></w:sectPr></w:pPr></w:p>')
    return mail("comments", "wjp@village.example", "五家坡村10月五进", "", [("五家坡村10月消防宣传五进工作情况.docx", made_of.bytes())])


@letter
def fields_and_a_table_of_contents():
    made_of = Word().title("宝峰镇杨大口村2023年10月消防宣传“五进”工作情况").p("目　录")
    for line in ("一、10月第一周（10月1日—8日）\t1", "（一）消防宣传进农村\t1", "二、10月第三周（10月16日—22日）\t2", "（二）消防宣传进家庭\t2"):
        made_of.p(inside=field("HYPERLINK \\l _Toc1", line), properties='<w:pStyle w:val="TOC1"/>')
    rest = plain_word("杨大口村")
    made_of.media, made_of.relations = rest.media, rest.relations
    made_of.body += rest.body[rest.body.index("</w:p>") + 6:] + p(inside=words("制表时间：") + field("DATE", "2023年10月26日"))
    return mail("fields", "ydk@village.example", "杨大口村10月五进", "", [("杨大口村10月消防宣传五进工作情况.docx", made_of.bytes())])


@letter
def written_by_wps():
    made_of = Word()
    fonts = '<w:rFonts w:hint="eastAsia" w:asciiTheme="minorEastAsia" w:hAnsiTheme="minorEastAsia" w:eastAsiaTheme="minorEastAsia"/>'
    def split(text):  # WPS cuts its runs wherever the language changes
        return "".join(words(one, fonts) for one in text)
    made_of.p(properties='<w:keepNext w:val="0"/><w:jc w:val="center"/>', inside=split("宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况"))
    made_of.p(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>', inside=split("一、 10月第一周（10月1日－8日）"))
    made_of.p(inside=split("（一） 消防宣传进农村")).p(inside=split("10月5日，在三组院坝宣传，参加群众约40人。"))
    made_of.p(inside='<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>' + made_of.old_picture(1) + made_of.old_picture(1))
    made_of.add(f"<w:sdt><w:sdtPr/><w:sdtContent>{p(inside=split('二、 10月第二周（10月9日－15日）'))}</w:sdtContent></w:sdt>")
    made_of.p(inside=split("（二） 消防宣传进学校")).p(inside=f"<w:smartTag>{split('10月12日，在村小学讲课。')}</w:smartTag>").p(inside=made_of.old_picture(2))
    return mail("wps", "lyq@village.example", "泸永桥村10月五进", "", [("泸永桥村10月消防宣传五进工作情况.docx", made_of.bytes())])


@letter
def picture_only_linked():
    made_of = plain_word("龙凤桥村")
    identity = made_of.relation("image", "file:///C:/Users/village/Desktop/3.jpg", True)
    made_of.p(inside=run(f'<w:pict><v:shape><v:imagedata r:id="{identity}"/></v:shape></w:pict>'))
    return mail("linked", "lfq@village.example", "龙凤桥村10月五进", "", [("龙凤桥村10月消防宣传五进工作情况.docx", made_of.bytes())])


@letter
def cover_page_first():
    blocks = [("title", "宝峰镇五家坡村"), ("title", "消防宣传“五进”"), ("title", "工作资料"), ("caption", "二〇二三年十月"), ("break",), *of_two_weeks("五家坡村")]
    return mail("cover", "wjp@village.example", "五家坡村10月五进", "", [("五家坡村10月消防宣传五进工作情况.docx", python_docx(blocks))])


# ── plans ──

plan_rows = [["活动周期", "计划“五进”村社", "宣传重点", "负责人"], ["8月第三周（8月14日—20日）", "泸永桥村委会", "三组、四组院坝", "沈知禾"],
             ["8月第四周（8月21日—27日）", "泸永桥村委会", "村小学", "沈知禾"], ["9月第一周（9月1日—10日）", "泸永桥村委会", "一组；电动车", "温若谷"]]


@letter
def plan_in_word():
    blocks = [("p", "附件1"), ("title", "宝峰镇泸永桥村2023年消防宣传"), ("title", "“五进”计划表"), ("table", plan_rows)]
    return mail("plan", "lyq@village.example", "泸永桥村计划表", "", [("泸永桥村五进计划表.docx", python_docx(blocks))])


@letter
def plan_in_a_sheet():
    rows = [["宝峰镇泸永桥村2023年消防宣传“五进”计划表"], *plan_rows]
    return mail("sheetplan", "lyq@village.example", "泸永桥村计划表", "", [("泸永桥村2023年消防宣传五进计划表.xlsx", openpyxl_book(rows, ["A1:D1"]))])


@letter
def plan_by_exceljs_with_joined_people():
    rows = [["宝峰镇泸永桥村2023年消防宣传“五进”计划表"], *plan_rows]
    return mail("exceljs", "lyq@village.example", "报计划表", "", [("泸永桥村计划表.xlsx", npm_exceljs(rows, ["A1:D1", "D3:D4"]))])


# ── the other campaign ──

def fraud(place):
    return [("title", f"{place}2024年3月反诈宣讲记录"), ("p", "第一周（3月1日—10日）"), ("p", "反诈宣讲进集市"), ("p", "3月5日，摆摊宣讲，约60人参加。"), ("pics", [1]),
            ("p", "第三周（3月18日—24日）"), ("p", "反诈宣讲进课堂"), ("p", "3月20日，到小学讲刷单返利的骗局。"), ("pics", [2, 2])]


@letter
def fraud_report():
    return mail("fraud", "east@village.example", "东岭村3月反诈宣讲记录", "", [("东岭村3月反诈宣讲记录.docx", npm_docx(fraud("东岭村")))])


@letter
def fraud_plan():
    rows = [["东岭村2024年反诈宣讲安排"], ["时间", "地点", "内容", "负责人"], ["3月5日", "东岭村", "刷单返利", "黎明月"], ["3月20日", "东岭村", "冒充客服退款", "黎明月"]]
    return mail("fraudplan", "east@village.example", "东岭村反诈宣讲安排", "", [("东岭村反诈宣讲安排.xlsx", openpyxl_book(rows))])


@letter
def fire_report_in_the_fraud_mailbox():
    return mail("misdirected", "east@village.example", "东岭村3月消防宣传", "", [("东岭村3月消防宣传五进工作情况.docx", python_docx(
        [("title", "东岭村2024年3月消防宣传“五进”工作情况"), ("p", "3月6日，开展消防宣传进农村。"), ("pics", [1])]))])


# ── what is dragged onto the desk ──

@letter
def dragged_report():
    return {"泸永桥村10月消防宣传五进工作情况.docx": python_docx(of_two_weeks("泸永桥村"))}


@letter
def dragged_mail():
    return {"邮件.eml": mail("saved", "lfq@village.example", "龙凤桥村10月五进", "请查收。", [("龙凤桥村10月消防宣传五进工作情况.docx", npm_docx(of_two_weeks("龙凤桥村")))])}
