using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.Tls;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

internal static class TlcpProxyCommand
{
    /// <summary>Browsers open six connections a host, and some pages are opened twice.</summary>
    private const int MostConnections = 32;

    public static Command Create()
    {
        var listen = new Option<string>("--listen") { Description = "本机监听地址，只能是回环地址；端口 0 由系统选", HelpName = "地址:端口", DefaultValueFactory = _ => "127.0.0.1:8080" };
        var to = new Option<string>("--to") { Description = "TLCP 站点的主机:端口", HelpName = "主机:端口", Required = true };
        var ca = new Option<string[]>("--ca") { Description = "信任的 SM2 根或中级证书（PEM/DER/P7B），可以多次；给出后只转发到核验通过的服务器", HelpName = "文件" };
        var serverName = new Option<string?>("--sni") { Description = "站点的名称，与 --to 的主机不同时用", HelpName = "名称" };
        var identity = new ClientIdentity();
        var command = new DocumentedCommand(
            "tlcp-proxy",
            "在本机开一个转发口：普通浏览器用 http:// 访问它，由本工具用国密 TLCP 连到站点，以便人工查看只支持 TLCP 的系统；只在本机回环地址监听，除 Host 头外不改动内容",
            ("securitycheck tlcp-proxy --to portal.example.cn:443 --ca sm2-root.pem", "然后用浏览器打开 http://127.0.0.1:8080/ ；服务器核验不通过就不转发"),
            ("securitycheck tlcp-proxy --listen 127.0.0.1:9090 --to 10.0.0.5:8443", "换一个本机端口；没有 --ca，证书链不核验"),
            ("securitycheck tlcp-proxy --to 10.0.0.5:8443 --client-cert sign.pem", "站点要求客户端证书；只提供 ECDHE 套件时另加 --client-enc-cert"))
        {
            listen, to, ca, serverName,
        };
        identity.Options.ToList().ForEach(command.Add);
        command.SetAction(async parsed =>
        {
            var address = ListenAddress(parsed.GetValue(listen)!);
            var endpoint = Target(parsed.GetValue(to)!, parsed.GetValue(serverName)) with { Trust = SuppliedTrust.Read(parsed.GetValue(ca) ?? [], []) };
            var own = identity.Read(parsed);
            using var signing = own?.SigningKey;
            using var encryption = own?.EncryptionKey;
            using var interruption = new Interruption("收到中断：停止转发。");
            return await RunAsync(address, endpoint, own, interruption.Stop);
        });
        return command;
    }

    /// <exception cref="BadRequestException">Not an address with a port, or one that others can reach.</exception>
    internal static IPEndPoint ListenAddress(string text)
    {
        var written = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? $"127.0.0.1:{text["localhost:".Length..]}" : text;
        if (!IPEndPoint.TryParse(written, out var address) || !written.Contains(':', StringComparison.Ordinal))
        {
            throw new BadRequestException($"--listen {text} 不是监听地址；应为 地址:端口，例如 127.0.0.1:8080");
        }

        return IPAddress.IsLoopback(address.Address)
            ? address
            : throw new BadRequestException($"--listen {text} 不是本机回环地址：转发口不加密，只能开在 127.0.0.1 或 [::1] 上");
    }

    private static Endpoint Target(string text, string? serverName)
    {
        var address = EndpointAddress.TryParse(text, out var why) ?? throw new BadRequestException($"--to {text} {why}；应为{EndpointAddress.Expected}，例如 {EndpointAddress.Example}");
        return new Endpoint { Id = "tlcp-proxy", Host = address.Host, Port = address.Port, ServerName = serverName, MaxConnections = MostConnections };
    }

    private static async Task<int> RunAsync(IPEndPoint address, Endpoint endpoint, TlcpIdentity? identity, CancellationToken stop)
    {
        var context = Context(endpoint);
        try
        {
            TlcpPeer peer;
            await using (var tunnel = await TlcpTunnel.OpenAsync(endpoint, context, identity, stop))
            {
                peer = tunnel.Peer;
            }

            Describe(endpoint, peer);
            if (endpoint.Trust.Anchors.Count > 0 && !peer.IsVerified)
            {
                Console.Error.WriteLine("给出了 --ca 而核验没有通过，不转发。");
                return ExitCode.Failed;
            }

            if (!peer.IsVerified)
            {
                Console.WriteLine("请只用于查看，不要输入口令或敏感数据。");
            }

            using var proxy = new TlcpProxy(address, endpoint, context, peer, identity);
            Console.WriteLine($"正在监听 http://{proxy.Address}/ ，用普通浏览器打开它即可；按 Ctrl+C 结束。");
            await proxy.RunAsync(stop);
            return ExitCode.Passed;
        }
        catch (UnableException unable)
        {
            Console.Error.WriteLine(Printable.Of(unable.Message));
            return ExitCode.NeedsReview;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Passed;
        }
    }

    private static void Describe(Endpoint endpoint, TlcpPeer peer)
    {
        Console.WriteLine(Printable.Of($"TLCP 转发：本机明文 HTTP（或其他 TCP）⇄ 本工具 ⇄ {endpoint.Authority}（TLCP 1.1，{peer.SuiteName}）"));
        Console.WriteLine(Printable.Of($"服务器签名证书：{peer.Subject ?? "不可读"}（SM3 {peer.Fingerprint[..16]}…）"));
        Console.WriteLine(peer.IsVerified
            ? "证书核验：通过。签名与加密证书都通到给出的信任锚，名称一致，服务器已证明持有私钥。"
            : Printable.Of($"证书核验：{(peer.Trusted is null && peer.KeysProved && peer.NameMatches ? "没有完成" : "未通过")}。{string.Join("；", peer.Doubts)}。请只用于查看，不要输入口令或敏感数据。"));
    }

    private static ProbeContext Context(Endpoint endpoint)
    {
        var scope = Scope.Of([endpoint]);
        var tools = new ProcessToolRunner();
        return new ProbeContext
        {
            Dialer = new SocketDialer(scope),
            Tools = tools,
            Shells = new SshShellAccess(tools, scope),
            Evidence = new DescribingEvidenceStore(Redactor.None),
            Redactor = Redactor.None,
            Clock = TimeProvider.System,
            Log = NullLogger.Instance,
            Shared = new SharedWork(),
        };
    }
}
