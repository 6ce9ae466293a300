using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What signatures of a PDF file come to in the item that asks what fixes the content.</summary>
internal static class PdfSeals
{
    /// <summary>A step that refutes counts against; everything unknown, an untold root, and what was appended after the last signature are left to people.</summary>
    public static void Compare(ItemTally tally, string place, IReadOnlyList<PdfSignatureFinding> signatures)
    {
        foreach (var signature in signatures)
        {
            var where = $"{place} {signature.Place}";
            if (signature.Trouble is { } trouble)
            {
                tally.CouldNot($"{where}：{trouble}");
            }
            else if (signature.Checks.FirstOrDefault(c => c.Outcome == SealOutcome.Fails && c.Step != SealStep.SignerChain) is { } wrong)
            {
                tally.Compare(isSame: false, where, $"{EnumWords.Say(wrong.Step)}：{wrong.Stated}", $"{wrong.Found}；{wrong.Note}");
            }
            else
            {
                if (signature.Checks.Any(c => c is { Step: SealStep.SignerSignature or SealStep.Timestamp, Outcome: SealOutcome.Holds }))
                {
                    tally.Same();
                }

                Open(tally, where, signature);
                Remark(tally, signature);
            }
        }

        // An earlier signature is followed by the later ones; only what nobody signed is open.
        if (signatures.Count > 0 && signatures.Min(s => s.Trouble is null ? s.BytesAfter : long.MaxValue) is > 0 and < long.MaxValue and var after)
        {
            tally.CouldNot($"{place}：最后一个 PDF 签名之后还有 {after} 字节的增量更新，没有被任何签名覆盖");
        }
    }

    /// <summary>What rests on a broken hash may hold for another file too.</summary>
    private static void Remark(ItemTally tally, PdfSignatureFinding signature)
    {
        foreach (var weak in signature.Checks.Select(c => c.WeakHash).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            tally.Remark($"PDF 签名用 {weak}，可以造出签名同样成立的另一个文件，应改用 SM3 或 SHA-256");
        }
    }

    private static void Open(ItemTally tally, string where, PdfSignatureFinding signature)
    {
        foreach (var check in signature.Checks.Where(c => c.Outcome is SealOutcome.Undecided or SealOutcome.NoRoots || c is { Step: SealStep.SignerChain, Outcome: SealOutcome.Fails }))
        {
            tally.CouldNot($"{where}：{EnumWords.Say(check.Step)}{EnumWords.Say(check.Outcome)}，{check.Note}");
        }
    }
}
