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
    private const string Common = "%h %l %u %t \"%r\" %s %b";
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
        var server = Parse(snapshot, main)!;
        var web = Parse(snapshot, $"{folder}/web.xml");
        var connectors = Named(server, "Connector").ToList();
        var realm = Named(server, "Realm").FirstOrDefault(r => Value(r, "className")?.EndsWith("LockOutRealm", StringComparison.Ordinal) == true && r.Elements().Any());
        var settings = new TomcatSettings
        {
            Instance = main,
            WeakUsers = snapshot.Find($"{folder}/tomcat-users.xml").State is FileState.Denied or FileState.NotCollected ? default : new([.. Users(Parse(snapshot, $"{folder}/tomcat-users.xml"))]),
            BundledApplications = Applications(snapshot, folder),
            LocksOut = realm is not null,
            FailureCount = new Fact<long?>(realm is null ? null : Number(realm, "failureCount") ?? 5),
            LockOutSeconds = new Fact<long?>(realm is null ? null : Number(realm, "lockOutTime") ?? 300),
            SessionMinutes = web is null ? default : new Fact<long?>(Named(web, "session-timeout").Select(t => long.TryParse(t.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var m) ? m : (long?)null).FirstOrDefault()),
            ListsFolders = web is null ? default(Fact<bool>) : Named(web, "init-param").Any(p => Child(p, "param-name") == "listings" && Child(p, "param-value") == "true"),
            OpenAjp = new([.. connectors.Where(c => IsAjp(c) && !(IsLoopback(Value(c, "address")) && Value(c, "secretRequired") != "false")).Select(Port)]),
            ShutdownPort = new Fact<long?>(server.Root is { } root && Value(root, "port") is { } port && long.TryParse(port, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null),
            ShutdownIsDefault = server.Root is null || Value(server.Root, "shutdown") is null or "SHUTDOWN",
            AccessLogs = new([.. Named(server, "Valve").Where(v => Value(v, "className")?.EndsWith("AccessLogValve", StringComparison.Ordinal) == true).Select(v => Value(v, "pattern") switch { null or "common" => Common, "combined" => $"{Common} \"%{{Referer}}i\" \"%{{User-Agent}}i\"", { } own => own })]),
            ClearConnectors = new([.. connectors.Where(c => !IsAjp(c) && Value(c, "SSLEnabled")?.ToLowerInvariant() != "true" && !IsLoopback(Value(c, "address"))).Select(Port)]),
            TlsProtocols = new([.. connectors.SelectMany(Protocols).Distinct(StringComparer.Ordinal)]),
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

    /// <summary>Names of attributes are matched without regard to case, as Tomcat's own documents vary.</summary>
    private static string? Value(XElement element, string name) => element.Attributes().FirstOrDefault(a => a.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    private static long? Number(XElement element, string name) => long.TryParse(Value(element, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();

    private static string Port(XElement connector) => Value(connector, "port") ?? "8080";

    private static bool IsAjp(XElement connector) => Value(connector, "protocol")?.Contains("ajp", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsLoopback(string? address) => address is not null && (address.StartsWith("127.", StringComparison.Ordinal) || address is "::1" or "localhost");

    private static IEnumerable<string> Users(XDocument? users) => users is null ? [] : Named(users, "user")
        .Where(u => Value(u, "password") is { } password && (password.Length == 0 || password is "***default" or "***short" || password == Value(u, "username"))).Select(u => Value(u, "username") ?? Value(u, "name") ?? "?");

    private static Fact<IReadOnlyList<string>> Applications(HostSnapshot snapshot, string folder)
    {
        var home = folder.StartsWith("/etc/", StringComparison.Ordinal) ? $"/var/lib{folder[4..]}/webapps" : $"{folder[..folder.LastIndexOf('/')]}/webapps";
        var found = snapshot.Glob($"{(home.Contains("tomcat", StringComparison.Ordinal) ? home : "/nowhere")}/*");
        return new([.. found.Select(p => p[(p.LastIndexOf('/') + 1)..]).Where(n => Bundled.Any(b => b == n))]);
    }

    /// <summary>sslProtocol names a kind of context and limits nothing.</summary>
    private static IEnumerable<string> Protocols(XElement connector)
    {
        var written = connector.Descendants().Where(e => e.Name.LocalName == "SSLHostConfig").Select(e => Value(e, "protocols")).Append(Value(connector, "sslEnabledProtocols"));
        return written.OfType<string>().SelectMany(w => w.Split(['+', ',', ' '], StringSplitOptions.RemoveEmptyEntries));
    }
}
