using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <param name="IsGood">The paper does not say that it is bad.</param>
public sealed record PaperMark(bool IsGood);

/// <summary>Reads what a paper says of itself.</summary>
public sealed class PaperMarkProbe : Probe<Document, PaperMark>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "test.paper",
        Pillar = Pillar.Materials,
        Title = "材料",
        Question = "材料好不好？",
        Needs = typeof(Document),
        Observes = typeof(PaperMark),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(20),
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Document target, ProbeContext context, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(target.Path, cancellationToken);
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "paper.txt", "text/plain", bytes, "材料"));
        return Saw(target, context, new PaperMark(bytes.AsSpan().IndexOf("bad"u8) < 0), evidence);
    }
}
