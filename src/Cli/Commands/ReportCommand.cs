using System.CommandLine;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

internal static class ReportCommand
{
    public static Command Create()
    {
        var pack = new Argument<string>("证据包") { Description = "证据包目录" };
        var formats = string.Join("、", Product.Formats);
        var format = new Option<string>("--format", "-f") { Description = $"格式：{formats}", HelpName = "格式", DefaultValueFactory = _ => "html" };
        var output = new Option<string?>("--out", "-o") { Description = "写到哪个文件；- 为标准输出；默认当前目录下的同名文件", HelpName = "文件" };
        var earlier = new Option<string?>("--earlier") { Description = "上次的证据包；HTML 和 PDF 报告里加上“与上次相比”一节（上次的包也先核验）", HelpName = "目录" };
        var unsealed = SealedPack.Option();
        var command = new DocumentedCommand(
            "report",
            "由证据包重新判定并生成一种格式的报告（证据包本身不变；与包内判定不符就不生成）",
            ("securitycheck report PACK --format pdf --out report.pdf", "补一份 PDF"),
            ("securitycheck report PACK --earlier OLD --out 整改复核.html", "与整改前的证据包比较"),
            ("securitycheck report PACK --format sarif --out -", "把 SARIF 写到标准输出"))
        {
            pack, format, output, earlier, unsealed,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = parsed.GetValue(pack)!;
            var manifest = SealedPack.Require(folder, parsed.GetValue(unsealed));
            var writer = Product.Writer(parsed.GetValue(format)!);
            if (parsed.GetValue(earlier) is not null && writer.Format is not ("html" or "pdf"))
            {
                throw new BadRequestException($"--earlier 只用于 html 和 pdf；{writer.Format} 里没有“与上次相比”，请用 securitycheck diff --json");
            }

            var review = await SealedPack.ReviewAsync(folder, manifest);
            if (review is PackContradicts contradiction)
            {
                Console.Error.WriteLine(Printable.Of($"没有生成报告：{SealedPack.Say(contradiction)}"));
                return ExitCode.Failed;
            }

            var evidencePack = ((PackFollows)review).Pack;
            var comparison = parsed.GetValue(earlier) is { } old ? await ReviewedPack.CompareAsync(old, folder, evidencePack) : null;
            OtherRules.Warn(evidencePack.Rules);
            using var buffer = new MemoryStream();
            try
            {
                await writer.WriteAsync(AcceptanceReport.From(evidencePack) with { Comparison = comparison }, buffer, cancellationToken);
            }
            catch (ReportUnavailableException missing)
            {
                throw new BadRequestException($"不能生成 {writer.Format}：{missing.Message}");
            }

            var target = parsed.GetValue(output) ?? writer.FileName;
            await using var stream = target == "-" ? Console.OpenStandardOutput() : File.Create(target);
            buffer.Position = 0;
            await buffer.CopyToAsync(stream, cancellationToken);
            if (target != "-")
            {
                Console.Error.WriteLine($"已写入 {target}");
            }

            return ExitCode.Passed;
        });
        return command;
    }
}
