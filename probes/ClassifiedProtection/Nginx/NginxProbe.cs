using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>nginx as it is configured. What a server really answers, the TLS probes say.</summary>
public sealed record NginxSettings
{
    /// <summary>Places where server_tokens is not off: servers that inherit or say on.</summary>
    [Description("显示版本的 server")]
    public Fact<IReadOnlyList<string>> ShowsVersion { get; init; }

    [Description("开启目录浏览的位置")]
    public Fact<IReadOnlyList<Sighting>> ListsFolders { get; init; }

    /// <summary>Protocols of servers that listen with ssl; one entry a protocol and place. Servers that name none have what their version does.</summary>
    [Description("ssl_protocols")]
    public Fact<IReadOnlyList<Sighting>> TlsProtocols { get; init; }

    [Description("未写 ssl_protocols 的 TLS server")]
    public Fact<IReadOnlyList<string>> TlsWithoutProtocols { get; init; }

    /// <summary>Servers that listen in clear, and do not send everybody to https.</summary>
    [Description("不跳转的明文 server")]
    public Fact<IReadOnlyList<string>> ClearServers { get; init; }

    /// <summary>Servers, and locations that take everything or lead to an application, without an access log that says who came when for what.</summary>
    [Description("不记访问日志的 server")]
    public Fact<IReadOnlyList<string>> WithoutAccessLog { get; init; }

    /// <summary>error_log /dev/null.</summary>
    [Description("丢弃的错误日志")]
    public Fact<IReadOnlyList<string>> DiscardedErrorLogs { get; init; }

    /// <summary>Conditions and variables whose outcome the files do not tell; what hangs on them is left out.</summary>
    [Description("须人看的写法")]
    public Fact<IReadOnlyList<Sighting>> NotUnderstood { get; init; }

    /// <summary>User of the worker processes; nobody where nothing is written.</summary>
    [Description("工作进程用户")]
    public Fact<WordSetting> User { get; init; }

    /// <summary>Status and management pages without allow and deny.</summary>
    [Description("不限来源的管理页")]
    public Fact<IReadOnlyList<Sighting>> OpenStatusPages { get; init; }

    [Description("私钥文件")]
    public Fact<IReadOnlyList<FileAccess>> PrivateKeys { get; init; }

    /// <summary>Biggest body in bytes that is let in; 0 is without bound.</summary>
    [Description("最大请求体（字节）")]
    public Fact<NumberSetting> LargestBody { get; init; }
}

/// <summary>nginx.</summary>
public sealed class NginxProbe : HostProbe<NginxSettings>
{
    private static readonly string[] Names = ["SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3", "GMTLS", "TLCP", "GMVPNv1.1"];
    private static readonly string[] Places = ["/etc/nginx/nginx.conf", "/usr/local/nginx/conf/nginx.conf"];

    public override ProbeManifest Manifest { get; } = About("nginx", "nginx 配置", "nginx 的协议、日志、目录浏览与管理页怎样配置？");

    internal override Seen<NginxSettings> Read(HostSnapshot snapshot) => ReadAll(snapshot)[0];

    internal override IReadOnlyList<Seen<NginxSettings>> ReadAll(HostSnapshot snapshot) =>
        Mains(snapshot) is { Count: > 0 } mains ? [.. mains.Select(m => One(snapshot, m.Path, m.Started))] : [DatabaseSigns.NoConfiguration<NginxSettings>(snapshot, "nginx", "nginx")];

    /// <summary>The usual files and those a unit names, each with what it is started with.</summary>
    private static List<(string Path, IReadOnlyList<ConfigLine> Started)> Mains(HostSnapshot snapshot)
    {
        var starts = NginxStart.Of(snapshot);
        var paths = snapshot.Among(Places).Concat(starts.Select(s => s.Main).OfType<string>()).Distinct(StringComparer.Ordinal);
        return [.. paths.Select(p => (p, (IReadOnlyList<ConfigLine>)[.. starts.Where(s => s.Main is null || s.Main == p).SelectMany(s => s.Directives)]))];
    }

    private static Seen<NginxSettings> One(HostSnapshot snapshot, string main, IReadOnlyList<ConfigLine> started)
    {
        var top = NginxTree.Read(snapshot, main, started);
        var all = top.All().ToList();
        var servers = all.Where(d => d is { Name: "server", Parent.Name: "http" }).ToList();
        var listens = new NginxListens(servers);
        var secure = servers.Where(listens.IsTls).Concat(all.Where(NginxListens.IsOtherTls)).ToList();
        var doubts = new List<Sighting>();
        return new(
            new NginxSettings
            {
                ShowsVersion = Of(servers, () => [.. servers.Concat(all.Where(d => d.Name == "location" && d.Own("server_tokens").Any())).Where(s => !IsOff(s.Effective("server_tokens"))).Select(s => s.Line.Place)]),
                ListsFolders = new([.. all.Where(d => d is { Name: "autoindex" or "fancyindex", Arguments: [var word] } && word.Equals("on", StringComparison.OrdinalIgnoreCase)).Select(d => new Sighting(string.Join(' ', d.Parent!.Arguments.Prepend(d.Parent.Name)), d.Line.Place))]),
                TlsProtocols = Protocols(secure, all, doubts),
                TlsWithoutProtocols = new([.. secure.Where(s => s.Effective("ssl_protocols") is null).Select(s => s.Line.Place)]),
                ClearServers = Clear(listens, doubts),
                WithoutAccessLog = Logs(servers, all, doubts),
                DiscardedErrorLogs = new(NginxLogs.Discarded(all)),
                User = User(snapshot, top.Inside.Find(d => d.Name == "user")),
                OpenStatusPages = new([.. NginxAccess.Status(all).Where(d => !NginxAccess.IsLimited(d)).Select(d => new Sighting(d.Arguments.Count == 0 ? d.Name : string.Join(' ', d.Arguments), d.Line.Place))]),
                PrivateKeys = Keys(snapshot, all, main[..main.LastIndexOf('/')]),
                LargestBody = Body(all),
                NotUnderstood = new([.. doubts.Distinct()]),
            },
            [.. all.Where(d => d.Name is "server" or "listen" or "server_tokens" or "autoindex" or "ssl_protocols" or "ssl_conf_command" or "return" or "rewrite" or "if" or "error_page" or "access_log" or "error_log" or "user" or "stub_status" or "set_real_ip_from" or "proxy_pass" or "allow" or "deny" or "satisfy" or "client_max_body_size" or "ssl_certificate_key").Select(d => d.Line).Distinct()]);
    }

    private static bool IsOff(NginxDirective? written) => written is { Arguments: [var word] } && word.Equals("off", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of nothing nothing is said.</summary>
    private static Fact<IReadOnlyList<string>> Of(List<NginxDirective> servers, Func<IReadOnlyList<string>> look) => servers.Count == 0 ? default : new(look());

    private static Fact<IReadOnlyList<Sighting>> Protocols(List<NginxDirective> secure, List<NginxDirective> all, List<Sighting> doubts)
    {
        // OpenSSL's own commands go over the head of ssl_protocols.
        var commands = all.FindAll(d => d is { Name: "ssl_conf_command", Arguments: [var key, ..] } && key.Contains("Protocol", StringComparison.OrdinalIgnoreCase));
        doubts.AddRange(commands.Select(NginxRedirects.Sighting));
        return commands.Count > 0 ? default
            : new([.. secure.Select(s => s.Effective("ssl_protocols")).OfType<NginxDirective>().SelectMany(w => w.Arguments.Select(a => new Sighting(Array.Find(Names, n => n.Equals(a, StringComparison.OrdinalIgnoreCase)) ?? a, w.Line.Place))).Distinct()]);
    }

    /// <summary>What is certainly clear is enough to be told; where nothing is and something cannot be told, nothing is said.</summary>
    private static Fact<IReadOnlyList<string>> Clear(NginxListens listens, List<Sighting> doubts)
    {
        var courses = listens.Servers.Select(s => (s.Line.Place, Ports: listens.Clear(s).Select(p => NginxRedirects.All(s, p, doubts)).ToList())).ToList();
        var clear = courses.FindAll(c => c.Ports.Contains(false)).ConvertAll(c => c.Place);
        return listens.Servers.Count == 0 || (clear.Count == 0 && courses.Exists(c => c.Ports.Contains(null))) ? default : new(clear);
    }

    private static Fact<IReadOnlyList<string>> Logs(List<NginxDirective> servers, List<NginxDirective> all, List<Sighting> doubts)
    {
        var conditional = new List<Sighting>();
        var without = NginxLogs.Without(servers, all.FindAll(d => d.Name == "log_format"), conditional);
        doubts.AddRange(conditional);
        return servers.Count == 0 || (without.Count == 0 && conditional.Count > 0) ? default : new(without);
    }

    /// <summary>Whoever has the number 0 is root, whatever he is called.</summary>
    private static WordSetting User(HostSnapshot snapshot, NginxDirective? written)
    {
        var name = written is { Arguments: [var first, ..] } ? first : null;
        var isRoot = name is not null && snapshot.Find("/etc/passwd") is { State: FileState.Read, Text: var accounts } && accounts.Split('\n').Any(a => a.Split(':') is [var who, _, "0", ..] && who == name);
        return written is null ? WordSetting.ByDefault("nobody") : WordSetting.At(written.Line, isRoot ? "root" : name);
    }

    private static Fact<IReadOnlyList<FileAccess>> Keys(HostSnapshot snapshot, List<NginxDirective> all, string folder)
    {
        var paths = all.Where(d => d.Name == "ssl_certificate_key").SelectMany(d => d.Arguments).Where(a => !a.StartsWith("engine:", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        if (paths.Exists(p => p.Contains('$', StringComparison.Ordinal)))
        {
            return default;
        }

        var files = paths.Select(p => FileAccess.Of(snapshot.Find(p.StartsWith('/') ? p : $"{folder}/{p}"))).ToList();
        return files.Contains(null) ? default : new([.. files.OfType<FileAccess>()]);
    }

    private static Fact<NumberSetting> Body(List<NginxDirective> all)
    {
        var sizes = all.Where(d => d is { Name: "client_max_body_size", Arguments: [_] }).Select(d => NumberSetting.At(d.Line, Bytes(d.Arguments[0]))).ToList();
        return sizes.Count == 0 ? NumberSetting.ByDefault(1024 * 1024) : sizes.Exists(s => s.Value is null) ? default(Fact<NumberSetting>) : sizes.Find(s => s.Value == 0) ?? sizes.MaxBy(s => s.Value)!;
    }

    private static long? Bytes(string text)
    {
        var unit = text.Length == 0 ? '\0' : char.ToLowerInvariant(text[^1]);
        var factor = unit switch { 'k' => 1024L, 'm' => 1024L * 1024, 'g' => 1024L * 1024 * 1024, _ => 1 };
        return long.TryParse(factor == 1 ? text : text[..^1], out var number) && number is >= 0 and < int.MaxValue ? number * factor : null;
    }
}
