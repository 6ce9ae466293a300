using System.ComponentModel;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Pages for administrators and developers that frameworks bring along, asked for without logging in.</summary>
public sealed record OpenPaths
{
    /// <summary>Answered with what only that page has in it; a login page or a page for everything is none. Missing where of some path nobody can say.</summary>
    [Description("不登录就打开的管理与调试页面")]
    public Fact<IReadOnlyList<OpenPath>> Open { get; init; }

    /// <summary>Those found before the server fell silent; null where it answered everything.</summary>
    [Description("已经打开的")]
    public Fact<bool> HasOpen { get; init; }

    /// <summary>Neither what lies there nor a refusal, a login page or the page for everything: errors of the server, pages cut, compressed or without a sign.</summary>
    [Description("不能断定的")]
    public Fact<IReadOnlyList<string>> Undecided { get; init; }

    /// <summary>Every path with the status of its answer.</summary>
    [Description("各路径的应答")]
    public Fact<IReadOnlyList<OpenPath>> Answers { get; init; }
}

/// <summary>One path.</summary>
/// <param name="Path">As asked for.</param>
/// <param name="What">What lies there.</param>
/// <param name="StatusCode">100–599.</param>
/// <param name="Note">For people.</param>
public sealed record OpenPath(string Path, string What, int StatusCode, string Note);

/// <summary>
/// One GET for each path, without credentials and without changing anything. What is told from the page is its kind; the page itself, which
/// may hold what belongs to others, is kept nowhere.
/// </summary>
public sealed class OpenPathsProbe : Probe<Endpoint, OpenPaths>
{
    /// <summary>Each with texts that all have to stand in the page.</summary>
    private static readonly (string Path, string What, string[] Signs)[] Known =
    [
        ("/actuator", "Spring Boot 监控端点", ["\"_links\"", "/actuator"]),
        ("/actuator/env", "Spring Boot 环境变量", ["\"propertySources\""]),
        ("/env", "Spring Boot 1.x 环境变量", ["\"systemProperties\""]),
        ("/druid/index.html", "Druid 数据源监控", ["Druid Stat Index"]),
        ("/swagger-ui.html", "Swagger 接口文档", ["Swagger UI"]),
        ("/swagger-ui/index.html", "Swagger 接口文档", ["Swagger UI"]),
        ("/v2/api-docs", "接口定义", ["\"swagger\"", "\"paths\""]),
        ("/v3/api-docs", "接口定义", ["\"openapi\"", "\"paths\""]),
        ("/doc.html", "Knife4j 接口文档", ["knife4j"]),
        ("/nacos/v1/auth/users?pageNo=1&pageSize=1", "Nacos 用户列表", ["\"pageItems\"", "\"username\""]),
        ("/jolokia", "Jolokia JMX 接口", ["\"agent\"", "\"protocol\""]),
        ("/server-status", "Apache 状态页", ["Apache Server Status"]),
        ("/phpinfo.php", "phpinfo 页面", ["phpinfo()"]),
        ("/.git/HEAD", "代码仓库目录", ["ref: refs/"]),
        ("/solr/", "Solr 管理台", ["Solr Admin"]),
        ("/console/", "H2 数据库控制台", ["H2 Console"]),
    ];

    private const string Nowhere = "/securitycheck-no-such-page";

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "web.open-paths",
        Pillar = Pillar.ClassifiedProtection,
        Title = "未授权访问的页面",
        Question = "框架自带的管理与调试页面不登录就能打开吗？",
        Needs = typeof(Endpoint),
        Observes = typeof(OpenPaths),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Noisy,
        Timeout = TimeSpan.FromSeconds(90),
        Connections = (Known.Length * 4) + 10,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Tls)
        {
            return new NotNeeded("端点不是网页服务");
        }

        var answers = new List<OpenPath>();
        var open = new List<OpenPath>();
        var undecided = new List<string>();
        var isWhole = true;
        (Uri? Url, WebPage? Page, ResponseHead Last)? nothing = null;
        try
        {
            // What the server says of a page that cannot be there is what it says of those that are not.
            nothing = await WayIn.FollowAsync(target, Nowhere, context, cancellationToken);
            foreach (var (path, what, signs) in Known)
            {
                var found = await WayIn.FollowAsync(target, path, context, cancellationToken);
                var last = found.Last;
                var state = found.Page is null ? SentOn.IsAway(found.Url, path, nothing.Value.Url, target, context.Scope) ? PathState.Shut : PathState.Undecided : State(found.Page, signs, nothing.Value.Page);
                var answer = new OpenPath(path, what, last.StatusCode, $"{path}（{what}）→ {last.StatusCode}{(state == PathState.Open ? " 打开" : state == PathState.Undecided ? " 不能断定" : "")}");
                answers.Add(answer);
                open.AddRange(state == PathState.Open ? [answer] : []);
                undecided.AddRange(state == PathState.Undecided ? [$"{path} → {last.StatusCode}{(found is { Page: null, Url: { } to } ? $"，转到 {to.GetLeftPart(UriPartial.Path)}" : "")}"] : []);
            }

            // Whoever has been shut out on the way sees every door shut.
            var again = await WayIn.FollowAsync(target, Nowhere, context, cancellationToken);
            undecided.AddRange(again.Last.StatusCode == nothing.Value.Last.StatusCode ? [] : [$"{Nowhere}（不存在的页面）先后应答 {nothing.Value.Last.StatusCode} 与 {again.Last.StatusCode}，途中可能被拦下"]);
        }
        catch (UnableException) when (nothing is not null || answers.Count > 0)
        {
            // What it did show stays on record; that the rest is shut is not known.
            isWhole = false;
        }

        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "answers.txt", "text/plain", Encoding.UTF8.GetBytes(string.Concat(answers.Select(a => a.Note + "\n"))), $"{target.Authority} 对 {answers.Count} 个路径的状态码，页面内容不留存"));
        return Saw(target, context, new OpenPaths
        {
            Open = isWhole && undecided.Count == 0 ? new(open) : default(Fact<IReadOnlyList<OpenPath>>),
            HasOpen = open.Count > 0 ? true : isWhole && undecided.Count == 0 ? false : default(Fact<bool>),
            Undecided = new(undecided),
            Answers = isWhole ? new(answers) : default(Fact<IReadOnlyList<OpenPath>>),
        }, evidence);
    }

    /// <summary>A sign decides; without one only what a server says of nothing at all, or refuses, is shut. What is said to be missing and has every sign is not.</summary>
    private static PathState State(WebPage page, string[] signs, WebPage? nothing)
    {
        var hasSigns = Array.TrueForAll(signs, s => page.Body.Contains(s, StringComparison.OrdinalIgnoreCase));
        return page.Head.StatusCode switch
        {
            >= 200 and < 300 when hasSigns => PathState.Open,
            401 or 403 => PathState.Shut,
            404 or 405 or 410 => hasSigns ? PathState.Undecided : PathState.Shut,
            200 when !page.IsCut && (LoginForms.On(page.Body, new UriBuilder().Uri).HasPassword || IsLike(page, nothing)) => PathState.Shut,
            _ => PathState.Undecided,
        };
    }

    /// <summary>One page for everything: the same but for what changes from one answer to the next, such as the path or a token.</summary>
    private static bool IsLike(WebPage page, WebPage? nothing) =>
        nothing is { IsCut: false, Head.StatusCode: 200 }
        && (page.Body == nothing.Body || (page.Body.Length > 200 && Math.Abs(page.Body.Length - nothing.Body.Length) <= 100 && Title(page.Body) == Title(nothing.Body) && Title(page.Body).Length > 0));

    private static string Title(string body)
    {
        var begin = body.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var end = begin < 0 ? -1 : body.IndexOf("</title", begin, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? "" : body[begin..end];
    }

    private enum PathState
    {
        Open,
        Shut,
        Undecided,
    }
}
