using System.CommandLine;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe ofd</c>: OFD files and their seals.</summary>
internal static class OfdProbeCommand
{
    public static Command Create(string name)
    {
        var paths = new Argument<string[]>("文件") { Description = "OFD 文件，或放着 OFD 文件的目录、ZIP；只读取，不解压到磁盘", Arity = ArgumentArity.ZeroOrMore };
        var roots = new Option<string[]>("--root") { Description = "信任根与中级证书（PEM 或 DER），可以多次；不给则证书链为“未配置信任根”", HelpName = "文件", DefaultValueFactory = _ => [] };
        var revocations = new Option<string[]>("--revocation") { Description = "撤销列表（CRL）或 OCSP 应答文件，可以多次；不给则签名者是否已被撤销没有查", HelpName = "文件", DefaultValueFactory = _ => [] };
        var probing = new SingleProbing(Pillar.ElectronicArchives, judges: true, tables: () => Product.LoadRulesets(null).Library.Tables, only: "archives.ofd");
        var command = new DocumentedCommand(
            name,
            "OFD 文件：结构、签章逐步验证、每个签章保护了哪些部分、OFD-A 规则",
            ($"securitycheck probe {name} 证照.ofd", "看一个文件"),
            ($"securitycheck probe {name} 证照.ofd --root 根证书.cer --root 制章者根.pem", "签名者与制章者都要链到所给的根"),
            ($"securitycheck probe {name} a.ofd b.ofd 目录/ --json -", "几个文件和目录，观测写成 JSON"),
            ($"securitycheck probe {name} 证照.ofd --evidence ./证据", "再存下逐步验证结果和标出签章位置的页面示意图"))
        {
            paths, roots, revocations,
        };
        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            List<string> trusted = [.. parsed.GetValue(roots)!.Select(r => Existing(r, "--root"))];
            List<string> revoked = [.. parsed.GetValue(revocations)!.Select(r => Existing(r, "--revocation"))];
            List<Target> targets = [.. parsed.GetValue(paths)!.Select((p, i) => new ArchivePackage { Id = $"ofd-{i + 1}", Title = p, Path = Existing(p, "文件"), TrustRoots = trusted, Revocations = revoked })];
            return targets.Count > 0 ? probing.RunAsync(parsed, targets) : throw new BadRequestException("没有给出 OFD 文件");
        });
        return command;
    }

    private static string Existing(string path, string what) => Path.Exists(path) ? Path.GetFullPath(path) : throw new BadRequestException($"{what} {path} 不存在");
}
