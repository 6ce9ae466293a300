using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Seals of an OFD file that is handed in as a paper. Whose they are and whether that is believed is not asked: no roots are configured for papers.</summary>
public sealed class OfdPaperSeals : IPaperSeals
{
    private const int MostReasons = 5;

    public PaperSeals Of(string name, ReadOnlyMemory<byte> file, CancellationToken stop)
    {
        try
        {
            using var container = ZipContainer.Open(file, stop);
            var finding = OfdInspection.Run(container, new OfdQuestion { File = name }, stop);
            var count = finding.Signatures.IsKnown ? finding.Signatures.Value.Count : (int?)null;
            var hold = count == 0 ? null : Hold(finding);
            return new PaperSeals(count, hold, hold == true || count == 0 ? [] : Reasons(finding));
        }
        catch (ContainerException broken)
        {
            return new PaperSeals(null, null, [$"容器没有读完：{broken.Message}"]);
        }
        catch (IOException broken)
        {
            return new PaperSeals(null, null, [$"容器没有读完：{broken.Message}"]);
        }
    }

    /// <summary>A seal that leaves a page open, or rests on a hash that can be forged, is none that holds over what people see.</summary>
    private static bool? Hold(OfdFileFinding finding) => (finding.SignaturesHold, finding.Uncovered, finding.HasWeakDigests, finding.IsSound) switch
    {
        ({ IsKnown: true, Value: false }, _, _, _) => false,
        ({ IsKnown: true, Value: true }, { IsKnown: true, Value.Count: 0 }, { IsKnown: true, Value: false }, { IsKnown: true, Value: true })
            when finding.Signatures.Value.All(s => s.Steps.All(c => c.WeakHash is null)) => true,
        _ => null,
    };

    private static List<string> Reasons(OfdFileFinding finding)
    {
        List<string> reasons = [.. finding.Reasons.Take(MostReasons)];
        if (finding.Uncovered is { IsKnown: true, Value: { Count: > 0 } open })
        {
            reasons.Add($"签章没有保护 {string.Join("、", open.Take(MostReasons).Select(OfdCoverage.Say))}{(open.Count > MostReasons ? $" 等 {open.Count} 个部分" : "")}");
        }

        if (finding.HasWeakDigests is { IsKnown: true, Value: true } || (finding.Signatures.IsKnown && finding.Signatures.Value.Any(s => s.Steps.Any(c => c.WeakHash is not null))))
        {
            reasons.Add("摘要用 MD5 或 SHA-1，可以被碰撞伪造");
        }

        return reasons.Count > 0 ? reasons : [$"{EnumWords.Say(finding.Answer)}，没有核验成"];
    }
}
