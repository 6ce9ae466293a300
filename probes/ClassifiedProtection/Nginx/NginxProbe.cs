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

    /// <summary>Servers without an access log.</summary>
    [Description("不记访问日志的 server")]
    public Fact<IReadOnlyList<string>> WithoutAccessLog { get; init; }

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
    private static readonly string[] Places = ["/etc/nginx/nginx.conf", "/usr/local/nginx/conf/nginx.conf"];
    private static readonly string[] Pages = ["/actuator", "/druid", "/nginx_status", "/status", "/nacos", "/swagger-ui", "/phpmyadmin"];

    public override ProbeManifest Manifest { get; } = About("nginx", "nginx 配置", "nginx 的协议、日志、目录浏览与管理页怎样配置？");

    internal override Seen<NginxSettings> Read(HostSnapshot snapshot)
    {
        if (snapshot.Among(Places) is not [var main, ..])
        {
            return Seen<NginxSettings>.Nothing("主机上没有 nginx 配置文件");
        }

        var top = NginxTree.Read(snapshot, main);
        var all = top.All().ToList();
        var servers = all.Where(d => d is { Name: "server", Parent.Name: "http" }).ToList();
        var secure = servers.Where(IsTls).ToList();
        var protocols = secure.Select(s => (Server: s, Written: s.Effective("ssl_protocols"))).ToList();
        var user = top.Inside.Find(d => d.Name == "user");
        return new(
            new NginxSettings
            {
                ShowsVersion = new([.. servers.Where(s => s.Effective("server_tokens")?.Arguments is not ["off"]).Select(s => s.Line.Place)]),
                ListsFolders = new([.. all.Where(d => d is { Name: "autoindex", Arguments: ["on"] }).Select(d => new Sighting(string.Join(' ', d.Parent!.Arguments.Prepend(d.Parent.Name)), d.Line.Place))]),
                TlsProtocols = new([.. protocols.Where(p => p.Written is not null).SelectMany(p => p.Written!.Arguments.Select(a => new Sighting(a, p.Written.Line.Place))).Distinct()]),
                TlsWithoutProtocols = new([.. protocols.Where(p => p.Written is null).Select(p => p.Server.Line.Place)]),
                ClearServers = new([.. servers.Where(s => !IsTls(s) && !Redirects(s)).Select(s => s.Line.Place)]),
                WithoutAccessLog = new([.. servers.Where(s => s.Effective("access_log")?.Arguments is ["off", ..]).Select(s => s.Line.Place)]),
                User = user is null ? WordSetting.ByDefault("nobody") : WordSetting.At(user.Line, user.Arguments is [var name, ..] ? name : null),
                OpenStatusPages = new([.. all.Where(d => d.Name == "location" && IsStatus(d) && !IsLimited(d)).Select(d => new Sighting(string.Join(' ', d.Arguments), d.Line.Place))]),
                PrivateKeys = Keys(snapshot, all, main[..main.LastIndexOf('/')]),
                LargestBody = Body(all),
            },
            [.. all.Where(d => d.Name is "server" or "listen" or "server_tokens" or "autoindex" or "ssl_protocols" or "return" or "access_log" or "user" or "stub_status" or "allow" or "deny" or "client_max_body_size" or "ssl_certificate_key").Select(d => d.Line).Distinct()]);
    }

    private static bool IsTls(NginxDirective server) => server.Inside.Exists(d => d.Name == "listen" && d.Arguments.Contains("ssl", StringComparer.Ordinal)) || server.Inside.Exists(d => d is { Name: "ssl", Arguments: ["on"] });

    /// <summary>Everything, not only some locations.</summary>
    private static bool Redirects(NginxDirective server) => Sends(server) || server.Inside.Where(d => d.Name == "location").ToList() is { Count: > 0 } locations && locations.TrueForAll(Sends);

    private static bool Sends(NginxDirective block) => block.Inside.Exists(d => (d.Name == "return" && d.Arguments is ["301" or "302" or "307" or "308" or "444" or "403" or "404", ..] && (d.Arguments.Count == 1 || d.Arguments[1].StartsWith("https://", StringComparison.Ordinal)))
        || (d.Name == "rewrite" && d.Arguments.Count > 1 && d.Arguments[1].StartsWith("https://", StringComparison.Ordinal)));

    private static bool IsStatus(NginxDirective location) => location.Inside.Exists(d => d.Name == "stub_status") || location.Arguments.Any(a => Pages.Any(p => a.Contains(p, StringComparison.OrdinalIgnoreCase)));

    /// <summary>deny all after the allows, in one block: the first that matches counts.</summary>
    private static bool IsLimited(NginxDirective location)
    {
        var rules = location.Inside.Where(d => d.Name is "allow" or "deny").ToList();
        return (rules.Count > 0 && rules[^1] is { Name: "deny", Arguments: ["all"] } && !rules.Exists(r => r is { Name: "allow", Arguments: ["all"] }))
            || location.Inside.Exists(d => (d.Name == "auth_basic" && d.Arguments is not ["off"]) || d.Name == "internal" || d is { Name: "return", Arguments: ["403" or "404" or "444"] });
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
