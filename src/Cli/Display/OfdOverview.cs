using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>OFD files for people: a row a file, and the steps of every signature where there are few.</summary>
internal static class OfdOverview
{
    public const string Kind = "archives.ofd";
    private const int ShownInFull = 5;
    private const int ShownFiles = 200;
    private const int Longest = 220;

    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        foreach (var target in targets)
        {
            foreach (var seen in records.Where(r => r.TargetId == target.TargetId && r.ProbeId == Kind).Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations))
            {
                Write(target, seen.Data.Deserialize<OfdFilesRecord>(ObservationJson.Compact)!);
            }
        }
    }

    private static void Write(Target target, OfdFilesRecord record)
    {
        Terminal.Out.Write(new Rule(Markup.Escape(Printable.Of(target.DisplayName))) { Justification = Justify.Left });
        if (!record.Files.IsKnown)
        {
            Terminal.Out.Write(new Text("文件过多或有的打不开，没有看全，不列清单\n", Style.Parse("yellow")));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn("OFD 文件");
        table.AddColumn(new TableColumn("结论").NoWrap());
        table.AddColumn("理由与未受保护之处");
        foreach (var file in record.Files.Value.Take(ShownFiles))
        {
            table.AddRow(new Text(Printable.Of(file.File)), new Text(Answer(file), Colour(file.Answer)), new Text(Printable.Of(Why(file))));
        }

        Terminal.Out.Write(table);
        if (record.Files.Value.Count <= ShownInFull)
        {
            record.Files.Value.ToList().ForEach(WriteSignatures);
        }

        foreach (var line in record.StageTension.Take(ShownInFull))
        {
            Terminal.Out.Write(new Text(Printable.Of($"※ {line}\n")));
        }
    }

    private static void WriteSignatures(OfdFileFinding file)
    {
        foreach (var signature in file.Signatures.IsKnown ? file.Signatures.Value : [])
        {
            var table = new Table().Border(TableBorder.Rounded).Expand().Title(Markup.Escape(Printable.Of($"签名 {signature.Id}：{EnumWords.Say(signature.Answer)}")));
            table.AddColumn("步骤");
            table.AddColumn(new TableColumn("结果").NoWrap());
            table.AddColumn("所载与实际");
            foreach (var step in signature.Steps)
            {
                table.AddRow(new Text(EnumWords.Say(step.Step)), new Text(EnumWords.Say(step.Outcome), step.Outcome == SealOutcome.Fails ? Style.Parse("red") : null), new Text(Printable.Of(Cut($"{(step.Note.Length > 0 ? step.Note + "\n" : "")}{step.Stated}\n{step.Found}"))));
            }

            table.AddRow(new Text("保护的文件"), new Text(string.Create(CultureInfo.InvariantCulture, $"{signature.Covered.Count} 个")), new Text(Printable.Of(Cut(string.Join("、", signature.Covered)))));
            Terminal.Out.Write(table);
        }
    }

    /// <summary>Never fine in silence: where nobody vouches for the signer, that stands beside the answer.</summary>
    private static string Answer(OfdFileFinding file) =>
        EnumWords.Say(file.Answer) + (file.Signatures is { IsKnown: true, Value: { } signatures } && signatures.Any(s => s.IsTrusted is { IsKnown: true, Value: null }) ? "\n未配置信任根" : "");

    private static string Why(OfdFileFinding file)
    {
        List<string> lines = [.. file.Reasons.Take(3).Select(Cut)];
        if (file.Uncovered is { IsKnown: true, Value: { Count: > 0 } open })
        {
            lines.Add(Cut($"未受签名保护：{string.Join("、", open.Select(u => $"{u.File}（{EnumWords.Say(u.Kind)}）"))}"));
        }

        return lines.Count == 0 ? "—" : string.Join('\n', lines);
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";

    private static Style? Colour(OfdAnswer answer) => answer is OfdAnswer.Tampered or OfdAnswer.StructureError ? Style.Parse("red") : answer is OfdAnswer.Intact ? null : Style.Parse("yellow");
}
