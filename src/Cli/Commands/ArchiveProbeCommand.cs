using System.CommandLine;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe archive</c>: packages of electronic records.</summary>
internal static class ArchiveProbeCommand
{
    public static Command Create(string name)
    {
        var paths = new Argument<string[]>("路径") { Description = "一个信息包（ZIP、目录或 EEP 的 XML），或放着一批信息包与移交目录的目录；只读取，不解压到磁盘，不执行", Arity = ArgumentArity.ZeroOrMore };
        var profile = new Option<string>("--package-profile") { Description = "信息包规范：p-zwfw（默认）、p-eep、p-carrier、p-bagit，或自己写的 .yaml 文件", HelpName = "规范", DefaultValueFactory = _ => "p-zwfw" };
        var stage = new Option<string>("--stage") { Description = "环节：gd 归档（默认）、yj 移交与接收、cq 长期保存", HelpName = "环节", DefaultValueFactory = _ => "gd" };
        var register = new Option<string?>("--register") { Description = "登记表：写有总件数与总字节数的 XML、xlsx 或 CSV", HelpName = "文件" };
        var list = new Option<string?>("--transfer-list") { Description = "移交目录：不在信息包旁边时给出", HelpName = "文件" };
        var scheme = new Option<string?>("--scheme") { Description = "元数据方案：zwfw-base、dat46-2009，或自己写的 .yaml 文件；不写用规范自带的", HelpName = "方案" };
        var roots = new Option<string[]>("--root") { Description = "签章者的信任根与中级证书（PEM 或 DER），可以多次", HelpName = "文件", DefaultValueFactory = _ => [] };
        var revocations = new Option<string[]>("--revocation") { Description = "签章者证书的撤销列表（CRL）或 OCSP 应答文件，可以多次；不给则没有查撤销", HelpName = "文件", DefaultValueFactory = _ => [] };
        var probing = new SingleProbing(Pillar.ElectronicArchives, judges: true, tables: () => Product.LoadRulesets(null).Library.Tables);
        var command = new DocumentedCommand(
            name,
            "归档信息包：DA/T 70 四性检测的 40 项，每项给出比对的两个值",
            ($"securitycheck probe {name} 批次/", "一批政务服务办件的 ZIP，移交目录在旁边"),
            ($"securitycheck probe {name} 批次/ --stage yj --register 登记表.xlsx", "移交环节，与登记表比件数和字节数"),
            ($"securitycheck probe {name} 载体/ --package-profile p-carrier --json -", "移交载体，观测写成 JSON"),
            ($"securitycheck probe {name} 件.xml --package-profile p-eep", "DA/T 48 封装包，加做 EEP-01 至 EEP-10"),
            ($"securitycheck probe {name} 包.zip --package-profile 本地.yaml --scheme 本地方案.yaml", "按自己的规范与方案"))
        {
            paths, profile, stage, register, list, scheme, roots, revocations,
        };
        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            var word = parsed.GetValue(stage);
            var (profileId, ownProfile) = Chosen(parsed.GetValue(profile), ArchiveDataReader.ProfileAt);
            var (schemeId, ownScheme) = Chosen(parsed.GetValue(scheme), ArchiveDataReader.SchemeAt);
            var bare = new ArchivePackage
            {
                Id = "package", Path = "", Profile = profileId, OwnProfile = ownProfile, Scheme = schemeId, OwnScheme = ownScheme,
                Stage = ArchiveStages.All.Where(s => s.Word == word).Select(s => (ArchiveStage?)s.Value).FirstOrDefault() ?? throw new BadRequestException($"--stage 的值 {word} 不对，应为其中之一：{string.Join("、", ArchiveStages.All.Select(s => $"{s.Word}（{EnumWords.Say(s.Value)}）"))}"),
                Register = Existing(parsed.GetValue(register), "--register"), TransferList = Existing(parsed.GetValue(list), "--transfer-list"),
                TrustRoots = [.. parsed.GetValue(roots)!.Select(r => Existing(r, "--root")!)], Revocations = [.. parsed.GetValue(revocations)!.Select(r => Existing(r, "--revocation")!)],
            };
            List<Target> targets = [.. parsed.GetValue(paths)!.Select((p, i) => bare with { Id = $"package-{i + 1}", Title = p, Path = Existing(p, "路径")! })];
            return targets.Count > 0 ? probing.RunAsync(parsed, targets) : throw new BadRequestException("没有给出信息包");
        });
        return command;
    }

    private static (string? Id, T? Own) Chosen<T>(string? written, Func<string, T> read)
        where T : class => written is null ? (null, null) : ArchiveDataReader.IsFile(written) ? (null, read(Existing(written, "文件")!)) : (written.ToLowerInvariant(), null);

    private static string? Existing(string? path, string what) => path is null || Path.Exists(path) ? path is null ? null : Path.GetFullPath(path) : throw new BadRequestException($"{what} {path} 不存在");
}
