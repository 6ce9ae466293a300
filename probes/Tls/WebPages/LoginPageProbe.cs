using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The page with the password field, as far as it can be told without running its scripts.</summary>
public sealed record LoginPage
{
    /// <summary>Where it was found, without query; of the first of those; null where neither the endpoint's path nor /login has a password field: it may be drawn by a script; missing where one of them gave no page.</summary>
    [Description("登录页")]
    public Fact<string?> Url { get; init; }

    /// <summary>The page itself came over TLS or TLCP.</summary>
    [Description("登录页经加密通道")]
    public Fact<bool> OverTls { get; init; }

    /// <summary>Forms with a password field, once for each button that sends them elsewhere; missing where a script decides for some.</summary>
    [Description("登录表单")]
    public Fact<IReadOnlyList<LoginForm>> Forms { get; init; }

    /// <summary>A form sends the password in clear or within the address; missing where none is seen to and of some it is not known.</summary>
    [Description("有不安全的登录表单")]
    public Fact<bool> HasUnsafeForm { get; init; }

    /// <summary>Why it is not known where some password goes.</summary>
    [Description("说不清的")]
    public Fact<IReadOnlyList<string>> Doubts { get; init; }

    /// <summary>Something named captcha, 验证码 or the like stands on the page.</summary>
    [Description("有验证码的迹象")]
    public Fact<bool> HasCaptcha { get; init; }
}

/// <summary>One form.</summary>
/// <param name="Action">Where it is sent, without query; null where not written: to the page itself.</param>
/// <param name="Method">get or post.</param>
/// <param name="OverTls">It is sent to https.</param>
/// <param name="Note">For people.</param>
public sealed record LoginForm(
    string? Action, [property: DisplayName("提交方式")] string? Method, [property: DisplayName("提交到加密地址")] bool OverTls, string Note);

/// <summary>One or two pages are asked for, at most three redirections on the endpoint itself are followed, nothing is filled in.</summary>
public sealed partial class LoginPageProbe : Probe<Endpoint, LoginPage>
{

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "web.login-page",
        Pillar = Pillar.ClassifiedProtection,
        Title = "登录页",
        Question = "登录页经不经加密通道，口令表单发往哪里？",
        Needs = typeof(Endpoint),
        Observes = typeof(LoginPage),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 20,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Tls)
        {
            return new NotNeeded("端点不是网页服务");
        }

        var isSentOn = target.Protocol == EndpointProtocol.Http;
        var shown = new List<(Uri Url, WebPage Page, LoginForms Found)>();
        var unseen = new List<string>();
        foreach (var start in new[] { target.Path, "/login" }.Distinct(StringComparer.Ordinal))
        {
            try
            {
                var (url, page) = await WayIn.ToAsync(target, start, context, cancellationToken);
                if (page is { Head.StatusCode: 429 or >= 500 } || (page is null && url is null))
                {
                    unseen.Add(page is null ? $"{start} 的跳转读不懂" : string.Create(CultureInfo.InvariantCulture, $"{start} 应答 {page.Head.StatusCode}，没有给出页面"));
                }

                isSentOn &= page is null && url?.Scheme == Uri.UriSchemeHttps;
                if (page is { Head.StatusCode: (>= 200 and < 300) or 401 or 403 } && shown.TrueForAll(s => s.Url != url) && LoginForms.On(page.Body, url!) is { HasPassword: true } found)
                {
                    shown.Add((url!, page, found));
                }
            }
            catch (UnableException) when (shown.Count > 0)
            {
                unseen.Add($"{start} 没有应答");
            }
        }

        if (shown.Count > 0)
        {
            var record = Told(shown, unseen);
            var text = string.Concat(shown.Select(s => $"{s.Url.GetLeftPart(UriPartial.Path)}\n{string.Concat(s.Found.Forms.Select(f => f.Note + "\n"))}")) + string.Concat(record.Doubts.Value.Select(d => d + "\n"));
            return Saw(target, context, record, context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "login.txt", "text/plain", Encoding.UTF8.GetBytes(text), $"{target.Authority} 的登录页与表单，页面内容不留存")));
        }

        if (isSentOn && await IsDoorstepAsync(target, context, cancellationToken))
        {
            return new NotNeeded("明文 HTTP 端口不论问什么都只跳转到同一主机的 HTTPS，这里没有页面；登录页在跳转到的端点核验");
        }

        var said = unseen.Count == 0 ? $"{target.Path} 与 /login 的页面里没有口令输入框\n" : string.Concat(unseen.Select(u => u + "\n"));
        var none = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "login.txt", "text/plain", Encoding.UTF8.GetBytes(said), $"{target.Authority} 没有认出登录页"));
        return Saw(target, context, unseen.Count == 0 ? new LoginPage { Url = new((string?)null) } : new LoginPage { Doubts = new(unseen) }, none);
    }

    /// <summary>Two redirections alone may be two paths of a port that serves others: it has to be one that serves nothing, to an endpoint that is looked at.</summary>
    private static async Task<bool> IsDoorstepAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        try
        {
            return (await ClearDoor.LookAsync(target, context, cancellationToken)).SendsEverybodyOn is { IsKnown: true, Value: true };
        }
        catch (UnableException)
        {
            return false;
        }
    }

    private static LoginPage Told(List<(Uri Url, WebPage Page, LoginForms Found)> shown, IReadOnlyList<string> unseen)
    {
        var forms = shown.SelectMany(s => s.Found.Forms).Distinct().ToList();
        var doubts = shown.SelectMany(s => s.Found.Doubts)
            .Concat(shown.Select(s => PageCharacters.Doubt(s.Page.Head)).OfType<string>())
            .Concat(shown.Exists(s => s.Page.IsCut) ? ["页面太长，没有读完"] : [])
            .Concat(unseen).Distinct(StringComparer.Ordinal).ToList();
        var isUnsafe = forms.Exists(f => !f.OverTls || f.Method == "get");
        return new LoginPage
        {
            Url = shown[0].Url.GetLeftPart(UriPartial.Path),
            OverTls = shown.TrueForAll(s => s.Url.Scheme == Uri.UriSchemeHttps),
            Forms = doubts.Count == 0 ? new(forms) : default(Fact<IReadOnlyList<LoginForm>>),
            HasUnsafeForm = isUnsafe ? true : doubts.Count == 0 && forms.Count > 0 ? false : default(Fact<bool>),
            Doubts = new(doubts),
            HasCaptcha = shown.Exists(s => Captcha().IsMatch(s.Page.Body)),
        };
    }

    [GeneratedRegex(@"captcha|验证码|verify-?code|kaptcha|slider-?verify", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex Captcha();
}
