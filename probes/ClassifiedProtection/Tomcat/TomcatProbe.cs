using System.ComponentModel;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>server.xml, web.xml, tomcat-users.xml and the applications of a Tomcat. Comments of XML are no configuration.</summary>
public sealed record TomcatSettings
{
    /// <summary>Path of server.xml; of several instances each has its own observation.</summary>
    [Description("配置")]
    public Fact<string> Instance { get; init; }

    /// <summary>Users whose password is one everybody knows or has under 8 characters.</summary>
    [Description("默认或过短口令的用户")]
    public Fact<IReadOnlyList<string>> WeakUsers { get; init; }

    /// <summary>manager, host-manager, docs, examples that are there.</summary>
    [Description("自带应用")]
    public Fact<IReadOnlyList<string>> BundledApplications { get; init; }

    [Description("LockOutRealm")]
    public Fact<bool> LocksOut { get; init; }

    /// <summary>Wrong passwords; null where nothing locks.</summary>
    [Description("失败次数")]
    public Fact<long?> FailureCount { get; init; }

    [Description("锁定秒数")]
    public Fact<long?> LockOutSeconds { get; init; }

    /// <summary>Minutes; 0 and below is without end. Null where web.xml says nothing.</summary>
    [Description("会话超时（分钟）")]
    public Fact<long?> SessionMinutes { get; init; }

    [Description("目录列表")]
    public Fact<bool> ListsFolders { get; init; }

    /// <summary>AJP connectors that take everybody in: no secret asked, or any address.</summary>
    [Description("不设防的 AJP 连接器")]
    public Fact<IReadOnlyList<string>> OpenAjp { get; init; }

    /// <summary>Port of the shutdown command; -1 is none.</summary>
    [Description("关闭端口")]
    public Fact<long?> ShutdownPort { get; init; }

    /// <summary>The word that stops the server is SHUTDOWN.</summary>
    [Description("关闭命令为缺省")]
    public Fact<bool> ShutdownIsDefault { get; init; }

    /// <summary>Patterns of access logs, <c>common</c> and <c>combined</c> spelled out.</summary>
    [Description("访问日志格式")]
    public Fact<IReadOnlyList<string>> AccessLogs { get; init; }

    /// <summary>HTTP connectors in clear that face the network.</summary>
    [Description("明文连接器")]
    public Fact<IReadOnlyList<string>> ClearConnectors { get; init; }

    /// <summary>Protocols of TLS connectors that name them.</summary>
    [Description("TLS 协议")]
    public Fact<IReadOnlyList<string>> TlsProtocols { get; init; }
}

/// <summary>Tomcat. One observation an instance: of several the worst counts.</summary>
public sealed class TomcatProbe : HostProbe<TomcatSettings>
{
    private const int Depth = 64;
    private static readonly string[] Places =
        ["/etc/tomcat*/server.xml", "/usr/share/tomcat*/conf/server.xml", "/opt/*tomcat*/conf/server.xml", "/usr/local/*tomcat*/conf/server.xml"];

    private static readonly string[] Bundled = ["manager", "host-manager", "docs", "examples"];

    public override ProbeManifest Manifest { get; } = About("tomcat", "Tomcat 配置", "Tomcat 的用户、连接器、会话与日志怎样配置？");

    internal override Seen<TomcatSettings> Read(HostSnapshot snapshot) => ReadAll(snapshot)[0];

    internal override IReadOnlyList<Seen<TomcatSettings>> ReadAll(HostSnapshot snapshot) =>
        snapshot.Among(Places) is { Count: > 0 } mains ? [.. mains.Select(m => Instance(snapshot, m))] : [Seen<TomcatSettings>.Nothing("主机上没有 Tomcat 配置文件")];

    private static Seen<TomcatSettings> Instance(HostSnapshot snapshot, string main)
    {
        var folder = main[..main.LastIndexOf('/')];
        var server = new TomcatServer(main, Parse(snapshot, main)!);
        var web = Parse(snapshot, $"{folder}/web.xml");
        var settings = new TomcatSettings
        {
            Instance = main,
            WeakUsers = WeakUsers(snapshot, folder, server),
            BundledApplications = Applications(snapshot, folder, server),
            LocksOut = server.LocksOut,
            FailureCount = server.FailureCount,
            LockOutSeconds = server.LockOutSeconds,
            SessionMinutes = web is null ? default : Minutes(web),
            ListsFolders = web is null ? default : Lists(web),
            OpenAjp = server.OpenAjp,
            ShutdownPort = new Fact<long?>(server.ShutdownPort),
            ShutdownIsDefault = server.ShutdownIsDefault,
            AccessLogs = server.AccessLogs,
            ClearConnectors = new(server.ClearConnectors),
            TlsProtocols = server.TlsProtocols,
        };
        return new(settings, [.. snapshot.Lines(main)!.Where(l => l.Text.Contains('<', StringComparison.Ordinal))]);
    }

    /// <summary>Null where the file is not there. No entity is resolved and no DTD read: the file is a stranger's.</summary>
    private static XDocument? Parse(HostSnapshot snapshot, string path)
    {
        if (snapshot.Text(path) is not { } text)
        {
            return null;
        }

        try
        {
            // A tree looks at all ancestors of whatever is added to it: what is too deep must not become one.
            using (var first = Reader(text))
            {
                while (first.Read())
                {
                    if (first.NodeType == XmlNodeType.Element && first.Depth > Depth)
                    {
                        throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 嵌套过深");
                    }
                }
            }

            using var reader = Reader(text);
            return XDocument.Load(reader);
        }
        catch (XmlException broken)
        {
            throw new UnableException(FailureKind.BadInput, $"配置无效：{path} 不是合格的 XML（第 {broken.LineNumber} 行）", broken);
        }
    }

    private static XmlReader Reader(string text) =>
        XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = 2_000_000 });

    private static IEnumerable<XElement> Named(XDocument document, string name) => document.Descendants().Where(e => e.Name.LocalName == name);

    private static string? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();

    private static string? Attribute(XElement element, string name) => element.Attribute(name)?.Value;

    /// <summary>Missing where a timeout is no number, or several differ.</summary>
    private static Fact<long?> Minutes(XDocument web)
    {
        var all = Named(web, "session-timeout").Select(t => long.TryParse(t.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var m) ? m : (long?)null).Distinct().ToList();
        return all switch { [] => new Fact<long?>(null), [{ } one] => new Fact<long?>(one), _ => default };
    }

    /// <summary>Missing where the parameter is neither true nor false.</summary>
    private static Fact<bool> Lists(XDocument web)
    {
        var all = Named(web, "init-param").Where(p => Child(p, "param-name") == "listings").Select(p => Child(p, "param-value")?.ToLowerInvariant()).ToList();
        return all.Contains("true") ? true : all.TrueForAll(v => v == "false") ? false : default(Fact<bool>);
    }

    /// <summary>None are known only where no user is kept elsewhere.</summary>
    private static Fact<IReadOnlyList<string>> WeakUsers(HostSnapshot snapshot, string folder, TomcatServer server)
    {
        var path = $"{folder}/tomcat-users.xml";
        if (snapshot.Find(path).State is FileState.Denied or FileState.NotCollected)
        {
            return default;
        }

        var users = Parse(snapshot, path);
        List<string> weak = [.. Users(users)];
        var isWhole = server.HasUsersInOneFile && (users?.Root is null || users.Root.Elements().All(e => e.Name.LocalName is "user" or "role" or "group"));
        return weak.Count > 0 || isWhole ? new(weak) : default(Fact<IReadOnlyList<string>>);
    }

    private static IEnumerable<string> Users(XDocument? users) => users is null ? [] : Named(users, "user")
        .Where(u => Attribute(u, "password") is { } password && (password.Length == 0 || password is "***default" or "***short" || password == Attribute(u, "username"))).Select(u => Attribute(u, "username") ?? Attribute(u, "name") ?? "?");

    /// <summary>By the names of folders, archives and descriptors; none are known only where there is no other place.</summary>
    private static Fact<IReadOnlyList<string>> Applications(HostSnapshot snapshot, string folder, TomcatServer server)
    {
        var home = folder.StartsWith("/etc/", StringComparison.Ordinal) ? $"/var/lib{folder[4..]}/webapps" : $"{folder[..folder.LastIndexOf('/')]}/webapps";
        var (found, isWhole) = (new List<string>(), server.HasApplicationsInOnePlace);
        foreach (var pattern in new[] { $"{(home.Contains("tomcat", StringComparison.Ordinal) ? home : "/nowhere")}/*", $"{folder}/Catalina/*/*.xml" })
        {
            try
            {
                found.AddRange(snapshot.Glob(pattern).Select(Name));
            }
            catch (UnableException)
            {
                isWhole = false;
            }
        }

        List<string> bundled = [.. found.Where(n => Bundled.Contains(n, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)];
        return bundled.Count > 0 || isWhole ? new(bundled) : default(Fact<IReadOnlyList<string>>);
    }

    private static string Name(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.EndsWith(".war", StringComparison.Ordinal) || name.EndsWith(".xml", StringComparison.Ordinal) ? name[..^".war".Length] : name;
    }
}
