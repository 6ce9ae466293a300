using System.CommandLine;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>One pillar's probes without a candidate file; one subcommand a pillar, because each has targets of its own kind.</summary>
internal static class ProbeCommand
{
    public static Command Create()
    {
        var unknown = new Argument<string[]>("支柱") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        var command = new DocumentedCommand(
            "probe",
            "只做一个支柱的探测，不作门禁结论，不需要 candidate.yaml；只连接和读取命令行里写出的目标",
            ("securitycheck probe tls portal.example.cn:443", "看一个端口的协议版本、证书、安全头"),
            ("securitycheck probe crypto 样本.bin --kind random", "检测一个随机数样本"),
            ("securitycheck probe classified-protection --bundle app.tgz", "核查一台主机的取证包"),
            ("securitycheck probe 端口 10.0.0.5", "看一台主机开放了哪些端口"),
            ("securitycheck probe 证书 certs/", "看一个目录里的证书与密钥文件"),
            ("securitycheck probe code ./src", "看一个源代码目录"),
            ("securitycheck probe 归档 移交批次/", "对归档信息包做四性检测"),
            ("securitycheck probe materials 材料/", "逐份看验收材料"),
            ("securitycheck probe ofd 证照.ofd --root 根证书.cer", "逐步验证一个 OFD 文件的签章"))
        {
            TlsProbeCommand.Create("tls"),
            CryptoProbeCommand.Create("crypto"),
            HostProbeCommand.Create("classified-protection"),
            HostProbeCommand.Create("等保"),
            CryptoProbeCommand.Create("算法", CryptoSampleKind.Conformance),
            TlsProbeCommand.Create("协议"),
            CryptoProbeCommand.Create("证书", CryptoSampleKind.Certificate),
            CryptoProbeCommand.Create("随机数", CryptoSampleKind.Random),
            ExposureProbeCommand.Create("exposure"),
            ExposureProbeCommand.Create("端口"),
            ImportProbeCommand.Create("import"),
            ImportProbeCommand.Create("导入"),
            CodeProbeCommand.Create("code"),
            CodeProbeCommand.Create("代码"),
            MaterialsProbeCommand.Create("materials"),
            MaterialsProbeCommand.Create("材料"),
            ArchiveProbeCommand.Create("archive"),
            ArchiveProbeCommand.Create("归档"),
            OfdProbeCommand.Create("ofd"),
            OfdProbeCommand.Create("版式"),
            unknown,
        };
        var words = string.Join("、", command.Subcommands.Select(c => c.Name));
        command.SetAction(new Func<ParseResult, int>(parsed => throw new BadRequestException(parsed.GetValue(unknown) is [var word, ..]
            ? $"没有支柱 {word} 的探测，现有：{words}"
            : $"缺少支柱，现有：{words}")));
        return command;
    }
}
