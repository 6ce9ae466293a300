using System.CommandLine;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe tls</c>: ports.</summary>
internal static class TlsProbeCommand
{
    public static Command Create(string name)
    {
        var targets = new Argument<string[]>("目标") { Description = "主机:端口 或网址，可以多个，也可以逗号分隔", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<string?>("--targets") { Description = "目标文件：一行一个，# 后是注释；行内可加 sni=名称、starttls=协议", HelpName = "文件" };
        var serverName = new Option<string?>("--sni") { Description = "TLS 握手里的服务器名称，与地址不同时用", HelpName = "名称" };
        var startTls = CommonOptions.StartTls();
        var ca = new Option<string[]>("--ca") { Description = "信任锚或中级证书文件（PEM/DER/P7B），可以多次；自签名的作信任锚，其余作中级证书", HelpName = "文件" };
        var crl = new Option<string[]>("--crl") { Description = "证书撤销列表文件（PEM/DER），可以多次", HelpName = "文件" };
        var probing = new SingleProbing(Pillar.Tls, judges: true);
        var command = new DocumentedCommand(
            name,
            "端口的传输安全：协议版本、密码套件、证书、已知缺陷、安全头。终端先给出按内置规则判定的摘要（等级、问题与整改），再列观测；--json 只有观测，不含判定",
            ($"securitycheck probe {name} portal.example.cn:443", "看一个端口"),
            ($"securitycheck probe {name} mail.example.cn:25 --starttls smtp", "先在 SMTP 里升级到 TLS 再看"),
            ($"securitycheck probe {name} 10.0.0.5:8443 --ca root.pem --ca sub.pem", "按给出的根证书核验证书链"),
            ($"securitycheck probe {name} --targets 清单.txt --json -", "文件里的许多端口，JSON 到标准输出"))
        {
            targets, file, serverName, startTls, ca, crl,
        };
        command.Tables = [SingleProbing.ExitCodes];
        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            var trust = SuppliedTrust.Read(parsed.GetValue(ca) ?? [], parsed.GetValue(crl) ?? []);
            List<Target> endpoints =
            [
                .. Endpoints(parsed.GetValue(targets)!, parsed.GetValue(file), parsed.GetValue(serverName), parsed.GetValue(startTls))
                    .Select(e => e with { Trust = trust }),
            ];
            return probing.RunAsync(parsed, endpoints);
        });
        return command;
    }

    private static IReadOnlyList<Endpoint> Endpoints(string[] texts, string? file, string? serverName, StartTlsProtocol? startTls)
    {
        var list = new TargetList(serverName, startTls);
        texts.ToList().ForEach(list.Add);
        if (file is not null)
        {
            list.AddFile(file);
        }

        var endpoints = list.Finish();
        if (list.Doubles > 0)
        {
            Console.Error.WriteLine($"有 {list.Doubles} 个目标重复，只探测一次。");
        }

        return endpoints;
    }
}
