using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>
/// A question about one material. What is kept as evidence is what was found, never the paper: it may be large and hold what belongs in no pack.
/// </summary>
public abstract class PaperProbe<TRecord> : Probe<Document, TRecord>
    where TRecord : class
{
    private protected static ProbeManifest ManifestOf(string question, string title, string asks) => new()
    {
        Id = $"materials.{question}",
        Pillar = Pillar.Materials,
        Title = title,
        Question = asks,
        Needs = typeof(Document),
        Observes = typeof(TRecord),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(5),
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Document target, ProbeContext context, CancellationToken cancellationToken)
    {
        var paper = await PaperReading.OfAsync(target, context, cancellationToken);
        var (record, found) = Describe(target, paper, context, cancellationToken);
        var listing = string.Concat(paper.Files.Select(f => $"{f.Name}：{EnumWords.Say(f.Format)}，{EnumWords.Say(f.State)}{(f.Trouble is { } trouble ? $"（{trouble}）" : "")}\n").Concat(found.Select(l => l + "\n")));
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "found.txt", "text/plain", Encoding.UTF8.GetBytes(listing), $"{target.DisplayName}：{Manifest.Title}"));
        return Saw(target, context, record, evidence);
    }

    /// <returns>The record, and lines of evidence.</returns>
    private protected abstract (TRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context, CancellationToken stop);

    private protected static MaterialKind? KindOf(Document target, ProbeContext context) =>
        context.Tables.MaterialKinds.SelectMany(t => t.Kinds).FirstOrDefault(k => k.Name == target.MaterialKind);
}
