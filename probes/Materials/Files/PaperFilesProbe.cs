using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>What the files of a material are and whether they open.</summary>
public sealed class PaperFilesProbe : PaperProbe<PaperFilesRecord>
{
    public PaperFilesProbe() => Manifest = ManifestOf("files", "材料文件", "材料的文件是什么格式，打得开吗，有多少页？");

    public override ProbeManifest Manifest { get; }

    private protected override (PaperFilesRecord Record, IEnumerable<string> Found) Describe(Document target, Paper paper, ProbeContext context, CancellationToken stop)
    {
        var record = new PaperFilesRecord
        {
            Files = paper.Files.Count,
            Formats = [.. paper.Files.Select(f => EnumWords.Say(f.Format)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Pages = paper.Files.All(f => f.Pages is not null) ? paper.Files.Sum(f => f.Pages!.Value) : default(Fact<int>),
            IsReadable = paper.Files.Any(f => f.IsShut) ? false : paper.IsWhole ? true : default(Fact<bool>),
            Unopenable = Named(paper, f => f.IsShut),
            ForPeople = Named(paper, f => !f.IsShut && f.State != PaperState.Read),
        };
        return (record, []);
    }

    private static IReadOnlyList<string> Named(Paper paper, Func<PaperFile, bool> which) => [.. paper.Files.Where(which).Select(f => $"{f.Name}（{f.Trouble ?? EnumWords.Say(f.State)}）")];
}
