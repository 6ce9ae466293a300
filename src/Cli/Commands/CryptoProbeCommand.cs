using System.CommandLine;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe crypto</c> and its words 算法, 证书, 随机数: files with samples.</summary>
internal static class CryptoProbeCommand
{
    /// <summary>Columns; help is eighty wide with an indent of two.</summary>
    private const int WidestExample = 78;

    private static readonly string Kinds = string.Join("、", CryptoSampleKinds.All.Select(f => $"{f.Word}（{f.Title}）"));

    /// <param name="name">The word of the command.</param>
    /// <param name="only">The kind the word stands for; null where <c>--kind</c> says it.</param>
    public static Command Create(string name, CryptoSampleKind? only = null)
    {
        var paths = new Argument<string[]>("样本") { Description = "样本文件；目录是一组样本，算一个目标", Arity = ArgumentArity.ZeroOrMore };
        var kind = new Option<string?>("--kind") { Description = $"样本种类：{Kinds}", HelpName = "种类" };
        var settings = new Option<string[]>("--set") { Description = "样本说明，可以多次：名称=值；密钥与口令只写出处（env:变量名、file:路径）", HelpName = "名称=值" };
        var probing = new SingleProbing(Pillar.CommercialCrypto, judges: true);
        var word = only?.Form().Word;
        var line = only is null ? $"securitycheck probe {name} 样本 --kind" : $"securitycheck probe {name} 样本";
        var command = new DocumentedCommand(
            name,
            only is null ? "密码样本：随机数、证书、签名、密文、完整性、口令、算法输出、产品清单。终端先给出按内置规则判定的摘要，再列观测；--json 只有观测，不含判定" : $"{only.Value.Form().Title}（同 probe crypto --kind {word}）",
            [.. only is null ? CryptoSampleKinds.All.Select(f => (Example(line, f, " " + f.Word), f.Title)) : [(Example(line, only.Value.Form(), ""), only.Value.Form().Title)]])
        {
            Tables = [.. CryptoSampleKinds.All.Where(f => only is null || f.Kind == only).Select(SettingsOf)],
        };
        command.Add(paths);
        command.Add(settings);
        if (only is null)
        {
            command.Add(kind);
        }

        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            var form = only?.Form() ?? Chosen(parsed.GetValue(kind));
            var samples = parsed.GetValue(paths)!.Select((p, i) => NamedSample.Read(form, p, i + 1, parsed.GetValue(settings) ?? [])).ToList();
            return samples.Count > 0
                ? probing.RunAsync(parsed, samples)
                : throw new BadRequestException("没有给出样本文件或目录");
        });
        return command;
    }

    /// <summary>With the first setting, where there is one.</summary>
    private static string Example(string line, CryptoSampleForm form, string kind)
    {
        if (form.Settings.Count == 0 || form.Kind == CryptoSampleKind.Products)
        {
            return $"{line}{kind}";
        }

        var whole = $"{line}{kind} --set {form.Settings[0].Name}={form.Settings[0].Said.Skip(1).FirstOrDefault() ?? form.Settings[0].Example}";
        return TextColumns.WidthOf(whole) <= WidestExample ? whole : $"{line}{kind}";
    }

    private static (string, IReadOnlyList<(string, string)>) SettingsOf(CryptoSampleForm form) =>
    (
        $"{form.Word}（{form.Title}）的 --set，在 candidate.yaml 里写在 settings 下：",
        form.Settings.Count == 0 ? [("（没有）", "")]
            : [.. form.Settings.Select(s => (s.Name, $"{s.Meaning}{(s.Words.Count > 0 ? $"。可写 {s.Choices}" : "")}。例 {s.Name}={s.Example}"))]
    );

    private static CryptoSampleForm Chosen(string? word) => word is null
        ? throw new BadRequestException($"缺少 --kind，应为其中之一：{Kinds}")
        : CryptoSampleKinds.FromWord(word) ?? throw new BadRequestException($"没有样本种类 {word}，应为其中之一：{Kinds}");
}
