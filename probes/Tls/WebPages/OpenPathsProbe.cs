using System.ComponentModel;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Pages for administrators and developers that frameworks bring along, asked for without logging in.</summary>
public sealed record OpenPaths
{
    /// <summary>Answered 200 with what only that page has in it; a login page or a page for everything is none. Missing where a path was not answered.</summary>
    [Description("不登录就打开的管理与调试页面")]
    public Fact<IReadOnlyList<OpenPath>> Open { get; init; }

    /// <summary>Those found before the server fell silent; null where it answered everything.</summary>
    [Description("已经打开的")]
    public Fact<bool> HasOpen { get; init; }

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
        Connections = Known.Length + 6,
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
        var isWhole = true;
        foreach (var (path, what, signs) in Known)
        {
            try
            {
                var page = await WebPage.GetAsync(target, path, context, cancellationToken);
                var shows = page.Head.StatusCode == 200 && Array.TrueForAll(signs, s => page.Body.Contains(s, StringComparison.OrdinalIgnoreCase));
                var answer = new OpenPath(path, what, page.Head.StatusCode, $"{path}（{what}）→ {page.Head.StatusCode}{(shows ? " 打开" : "")}");
                answers.Add(answer);
                open.AddRange(shows ? [answer] : []);
            }
            catch (UnableException) when (answers.Count > 0)
            {
                // What it did show stays on record; that the rest is shut is not known.
                isWhole = false;
                break;
            }
        }

        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "answers.txt", "text/plain", Encoding.UTF8.GetBytes(string.Concat(answers.Select(a => a.Note + "\n"))), $"{target.Authority} 对 {answers.Count} 个路径的状态码，页面内容不留存"));
        return Saw(target, context, new OpenPaths
        {
            Open = isWhole ? new(open) : default(Fact<IReadOnlyList<OpenPath>>),
            HasOpen = open.Count > 0 ? true : isWhole ? false : default(Fact<bool>),
            Answers = isWhole ? new(answers) : default(Fact<IReadOnlyList<OpenPath>>),
        }, evidence);
    }
}
