using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>archive defects</c>: measures the detection that a system does itself.</summary>
internal static class ArchiveDefectsCommand
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create() => new DocumentedCommand(
        "defects",
        "检验被测系统自己的四性检测：写出干净的与各含一处缺陷的归档信息包，再按它的答复算误报与检出率",
        ("securitycheck archive defects make 样本/", "写出批次，植入清单写在 样本.key.json，不要给被测系统看"),
        ("securitycheck archive defects score 样本/结果.csv --key 样本.key.json", "填好结果表后计分"))
    {
        Make(),
        Score(),
    };

    private static DocumentedCommand Make()
    {
        var folder = new Argument<string>("目录") { Description = "写到哪里，必须是空的或还没有" };
        var seed = new Option<string?>("--seed") { Description = "种子：同一个种子写出同样的批次与顺序；不给就随机", HelpName = "文字" };
        var key = new Option<string?>("--key") { Description = "植入清单写到哪里（默认 目录.key.json）", HelpName = "文件" };
        var own = new Option<string?>("--package-profile") { Description = "被测系统自己的信息包规范（.yaml，form: files）；不给就按内置的 P-ZWFW。每个批次先由本工具自检，在这个规范里说不出的缺陷不写", HelpName = "文件" };
        var scheme = new Option<string?>("--scheme") { Description = "元数据方案：规则里的编号或自己写的 .yaml；不给就用规范里写的", HelpName = "方案" };
        var command = new DocumentedCommand(
            "make", "写出批次、空白结果表与植入清单（默认信息包规范 P-ZWFW，内容全部虚构）",
            ("securitycheck archive defects make 样本/", "每个批次是一个目录：信息包与移交目录.xml"),
            ("securitycheck archive defects make 样本/ --package-profile 本地.yaml --scheme 本地方案.yaml", "按被测系统自己的规范写"))
        {
            folder, seed, key, own, scheme,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(scheme) is not null && parsed.GetValue(own) is null)
            {
                throw new BadRequestException("--scheme 要与 --package-profile 一起用：内置的 P-ZWFW 有自己的元数据方案");
            }

            var into = Path.GetFullPath(parsed.GetValue(folder)!);
            var written = Path.GetFullPath(parsed.GetValue(key) ?? Path.TrimEndingDirectorySeparator(into) + ".key.json");
            if (File.Exists(written) || written.StartsWith(into + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new BadRequestException($"植入清单 {written} {(File.Exists(written) ? "已经存在" : "不能放在交给被测系统的目录里")}");
            }

            try
            {
                var (order, today) = (parsed.GetValue(seed) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), BeijingTime.DayOf(TimeProvider.System.GetUtcNow()));
                var (made, leftOut) = parsed.GetValue(own) is { } file ? InProfile(into, order, today, file, parsed.GetValue(scheme)) : (DefectSets.Write(into, order, today, CancellationToken.None), []);
                File.WriteAllBytes(written, made.ToFile());
                File.WriteAllText(Path.Combine(into, "结果.csv"), "批次,判定,理由\n" + string.Concat(made.Sets.Select(s => $"{s.Name},,\n")), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                Console.WriteLine($"""
                    写出 {made.Sets.Count} 个批次：干净的 {made.Sets.Count(s => s.Item is null)} 个，各含一处缺陷的 {made.Sets.Count(s => s.Item is not null)} 个，涉及 {made.Sets.Select(s => s.Item).OfType<string>().Distinct(StringComparer.Ordinal).Count()} 个检测项。
                    批次：{Printable.Of(into)}
                    植入清单：{Printable.Of(written)}（留在评估方，不交给被测系统）
                    下一步：把每个批次交给被测系统检测，把它的答复填进 结果.csv 的“判定”（{DetectorAnswer.Words}）与“理由”，再用 archive defects score 计分。
                    """);
                if (leftOut.Count > 0)
                {
                    Console.WriteLine($"在这个规范里说不出、没有写的缺陷 {leftOut.Count} 个：{Printable.Of(string.Join("、", leftOut))}");
                }

                return ExitCode.Passed;
            }
            catch (Exception trouble) when (trouble is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new BadRequestException(trouble.Message);
            }
        });
        return command;
    }

    private static (EfficacyKey Key, IReadOnlyList<string> LeftOut) InProfile(string into, string seed, DateOnly today, string file, string? scheme)
    {
        if (!File.Exists(file))
        {
            throw new BadRequestException($"--package-profile {file} 不存在");
        }

        var profile = ArchiveDataReader.ProfileAt(Path.GetFullPath(file));
        var named = scheme ?? profile.Scheme;
        var known = Product.LoadRulesets(null).Library.Tables.Schemes;
        var chosen = named is null ? null
            : ArchiveDataReader.IsFile(named) ? ArchiveDataReader.SchemeAt(Path.GetFullPath(named))
            : known.FirstOrDefault(s => string.Equals(s.File.Id, named, StringComparison.OrdinalIgnoreCase)) ?? throw new BadRequestException($"没有元数据方案 {named}，现有：{string.Join("、", known.Select(s => s.File.Id))}");
        return DefectSets.Write(into, seed, today, profile, chosen, CancellationToken.None);
    }

    private static DocumentedCommand Score()
    {
        var results = new Argument<string>("结果表") { Description = "填好的 CSV（批次,判定,理由；UTF-8 或 GBK），或同样内容的 JSON 列表" };
        var key = new Option<string>("--key") { Description = "make 写出的植入清单", HelpName = "文件", Required = true };
        var json = new Option<string?>("--json") { Description = "成绩写成 JSON；- 为标准输出", HelpName = "文件" };
        var command = new DocumentedCommand(
            "score",
            "按植入清单给被测系统的检测计分：误报、逐项与逐性的检出率、理由是否说对；没有答复的不计入。退出码：0 全部检出且无误报，1 有误报或漏检，2 有批次没有答复",
            ("securitycheck archive defects score 样本/结果.csv --key 样本.key.json", "看成绩"),
            ("securitycheck archive defects score 结果.json --key 样本.key.json --json 成绩.json", "成绩写成 JSON"))
        {
            results, key, json,
        };
        command.SetAction(parsed =>
        {
            try
            {
                var score = DetectorScore.Of(EfficacyKey.Read(parsed.GetValue(key)!), DetectorAnswer.Read(parsed.GetValue(results)!, CancellationToken.None));
                var file = parsed.GetValue(json);
                if (file is not null)
                {
                    var text = JsonSerializer.Serialize(score, Options) + "\n";
                    if (file == "-")
                    {
                        Console.Write(text);
                    }
                    else
                    {
                        File.WriteAllText(file, text);
                    }
                }

                if (file != "-")
                {
                    Console.WriteLine(DetectorScoreTable.Of(score));
                }

                return score.FalseAlarms.Count + score.Missed.Count > 0 ? ExitCode.Failed : score.Unanswered.Count > 0 ? ExitCode.NeedsReview : ExitCode.Passed;
            }
            catch (Exception trouble) when (trouble is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                throw new BadRequestException(trouble.Message);
            }
        });
        return command;
    }
}
