using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Says what of a source tree the other probes of this pillar could look at.</summary>
public sealed class SourceScopeProbe : Probe<SourceTree, SourceScope>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.source-scope",
        Pillar = Pillar.CodeSecurity,
        Title = "源代码检查范围",
        Question = "源代码目录里有多少文件、多少行、哪些语言，哪些没有读，为什么？",
        Needs = typeof(SourceTree),
        Observes = typeof(SourceScope),
        Touches = Touches.Source,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(30),
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken)
    {
        var swept = await SourceSweep.OfAsync(target, context, cancellationToken);
        if (swept.Files.Count == 0 && swept.LeftOut.Count == 0)
        {
            return new Unable(FailureKind.BadInput, $"目录里没有文件：{target.Path}", null);
        }

        var list = context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "files.tsv", "text/tab-separated-values", Encoding.UTF8.GetBytes(FileList(swept)), $"读了的全部文件，未读的文件与目录（最多列 {SourceLimits.Default.LeftOut} 项，第三方目录只列目录名）：路径、语言或原因、编码、行数（不含文件内容）"));
        return Saw(target, context, ScopeReading.Of(swept), list);
    }

    private static string FileList(SweptTree swept)
    {
        var text = new StringBuilder("path\tread\tlanguage or reason\tcharset or detail\tlines or files\n");
        foreach (var file in swept.Files)
        {
            text.Append(Clean(file.Path)).Append("\tyes\t").Append(file.Language).Append('\t').Append(file.Charset).Append('\t').Append(file.Lines).Append('\n');
        }

        foreach (var entry in swept.LeftOut)
        {
            text.Append(Clean(entry.Path)).Append("\tno\t").Append(entry.Reason).Append('\t').Append(Clean(entry.Detail ?? "")).Append('\t').Append(entry.Files).Append('\n');
        }

        foreach (var fault in swept.Faults)
        {
            text.Append(Clean(fault.Path)).Append("\tfault\t").Append(fault.ExaminerId).Append('\t').Append(Clean(fault.What)).Append("\t\n");
        }

        return text.ToString();
    }

    /// <summary>A name of a file may hold anything.</summary>
    private static string Clean(string text) => string.Create(text.Length, text, static (made, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            made[i] = char.IsControl(from[i]) ? '?' : from[i];
        }
    });
}
