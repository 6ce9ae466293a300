using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using UglyToad.PdfPig;
using UglyToad.PdfPig.AcroForms.Fields;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>A PDF file. The library cannot be interrupted, so it runs on a thread of its own that is left behind when time is up.</summary>
internal static class PdfPaper
{
    private const int MostPages = 500;
    private const int MostNesting = 32;
    private const int MostAtOnce = 4;

    /// <summary>Of the whole process: what is left behind in one run is still there in the next.</summary>
    private static readonly LeashedReading Leash = new(MostAtOnce, TimeSpan.FromSeconds(20));

    public static PaperFile Read(string name, byte[] bytes, CancellationToken stop) => Leash.Run(token => Opened(name, bytes, token), stop, out var read) switch
    {
        LeashedEnd.GivenUp => Unread(name, PaperState.NotReadable, $"{Leash.Limit.TotalSeconds:0} 秒内没有读完，要由人看") with { IsOverTime = true },
        LeashedEnd.NoRoom => Unread(name, PaperState.NotReadable, $"先前有 {MostAtOnce} 份 PDF 没有在时限内读完，这份没有读，要由人看"),
        _ => read ?? Unread(name, PaperState.NotReadable, "没有读完，要由人看"),
    };

    /// <summary>Broken is what has no structure of a PDF file; whatever else the library stumbles over may open elsewhere.</summary>
    private static PaperFile Opened(string name, byte[] bytes, CancellationToken stop)
    {
        try
        {
            using var document = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, MaxStackDepth = 256 });
            return Read(name, bytes, document, stop);
        }
        catch (PdfDocumentEncryptedException)
        {
            return Unread(name, PaperState.Encrypted, "设有打开口令的 PDF");
        }
        catch (PdfDocumentFormatException)
        {
            return Unread(name, PaperState.Corrupt, "PDF 结构损坏");
        }
#pragma warning disable CA1031 // a library on strangers' bytes: whatever it throws, the file is one that it cannot read
        catch (Exception)
        {
            return Unread(name, PaperState.NotReadable, "本工具读不了这份 PDF，要由人看");
        }
#pragma warning restore CA1031
    }

    private static PaperFile Read(string name, byte[] bytes, PdfDocument document, CancellationToken stop)
    {
        var text = new StringBuilder();
        var (scanned, broken, hasPictures, pages) = (0, 0, false, 0);
        while (pages < Math.Min(document.NumberOfPages, MostPages) && text.Length <= PlainPaper.TextCap)
        {
            stop.ThrowIfCancellationRequested();
            pages++;
            if (PageText(document, pages, out var pictures) is not { } words)
            {
                broken++;
                hasPictures = true;
                continue;
            }

            scanned += words.Length == 0 || (pictures > 0 && words.Length < ZippedPaper.LeastTextOfPage) ? 1 : 0;
            hasPictures = hasPictures || pictures > 0;
            text.Append(words).Append(PlainText.Break);
        }

        var plain = text.ToString(0, Math.Min(text.Length, PlainPaper.TextCap)).Trim(PlainText.Break);
        string?[] troubles =
        [
            text.Length > PlainPaper.TextCap ? $"文字超过 {PlainPaper.TextCap} 字，只读到第 {pages} 页" : document.NumberOfPages > pages ? $"共 {document.NumberOfPages} 页，只读了前 {pages} 页" : null,
            broken > 0 ? $"{broken} 页读不了，要由人看" : null,
            IsGarbled(plain) ? "文字大多认不出是哪些字（字体没有给出），要由人看" : null,
            scanned > 0 ? $"{scanned} 页没有或几乎没有文字，多半是扫描页，要由人看" : null,
        ];
        var trouble = string.Join("；", troubles.OfType<string>());
        var signatures = SignaturesOf(document);
        var seen = signatures > 0 ? PdfSignatures.Of(bytes, SealTrust.None, stop) : [];
        var intact = signatures > 0 ? IntactOf(seen, signatures) : null;
        return new PaperFile
        {
            Name = name,
            Format = PaperFormat.Pdf,
            State = plain.Length == 0 ? PaperState.WithoutText : trouble.Length > 0 ? PaperState.ReadInPart : PaperState.Read,
            Trouble = plain.Length == 0 && broken == 0 ? "没有文字，多半是扫描件，要由人看" : trouble.Length > 0 ? trouble : null,
            Text = plain,
            Pages = document.NumberOfPages,
            Signatures = signatures,
            IntactSignatures = intact,
            SignatureTroubles = signatures > 0 && intact != signatures ? [.. TroublesOf(seen, signatures).Select(t => $"{name}：{t}")] : [],
            HasPictures = hasPictures,
        };
    }

    /// <summary>Fonts need not say which characters their signs are; what comes out then is no Chinese.</summary>
    private static bool IsGarbled(string plain) => plain.Count(c => c is >= '\u4E00' and <= '\u9FFF') * 10 < plain.Length;

    /// <summary>Null where the library stumbles over the page.</summary>
    private static string? PageText(PdfDocument document, int number, out int pictures)
    {
        pictures = 0;
        try
        {
            var page = document.GetPage(number);
            pictures = page.NumberOfImages;
            return PlainText.Of(ContentOrderTextExtractor.GetText(page));
        }
#pragma warning disable CA1031 // as above
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    private static int SignaturesOf(PdfDocument document) =>
        document.TryGetForm(out var form) ? form.Fields.SelectMany(f => Leaves(f, MostNesting)).OfType<AcroSignatureField>().Count(f => f.Dictionary.ContainsKey(NameToken.V)) : 0;

    private static IEnumerable<AcroFieldBase> Leaves(AcroFieldBase field, int deeper) =>
        field is AcroNonTerminalField parent && deeper > 0 ? parent.Children.SelectMany(c => Leaves(c, deeper - 1)) : [field];

    /// <summary>
    /// How many hold over the bytes, whoever made them. Null where one could not be verified, rests on a broken hash, or nothing covers the end
    /// of the file: what was appended afterwards nobody signed.
    /// </summary>
    private static int? IntactOf(IReadOnlyList<PdfSignatureFinding> seen, int signatures)
    {
        if (seen.Any(s => s.Checks.Any(c => IsOfContent(c) && c.Outcome == SealOutcome.Fails)))
        {
            return Math.Min(signatures - 1, seen.Count(IsIntact));
        }

        return seen.Count == signatures && seen.All(IsIntact) && seen.Any(s => s.BytesAfter == 0) ? signatures : null;
    }

    private static IEnumerable<string> TroublesOf(IReadOnlyList<PdfSignatureFinding> seen, int signatures)
    {
        foreach (var signature in seen.Where(s => !IsIntact(s)))
        {
            var wrong = signature.Checks.FirstOrDefault(c => IsOfContent(c) && c.Outcome != SealOutcome.Holds) ?? signature.Checks.FirstOrDefault(c => c.WeakHash is not null);
            yield return $"{signature.Place}：{signature.Trouble ?? (wrong is null ? "没有核验成" : $"{EnumWords.Say(wrong.Step)}{EnumWords.Say(wrong.Outcome)}{(wrong.WeakHash is { } weak ? $"（摘要用 {weak}）" : "")}")}";
        }

        if (seen.Count != signatures)
        {
            yield return $"文件里有 {signatures} 个签名，能核验的 {seen.Count} 个";
        }
        else if (seen.All(s => s.BytesAfter > 0))
        {
            yield return "签名之后文件又被追加了内容，没有签名保护到文件末尾";
        }
    }

    private static bool IsIntact(PdfSignatureFinding signature) => signature.Trouble is null
        && signature.Checks.All(c => c.WeakHash is null)
        && signature.Checks.Any(c => c is { Step: SealStep.SignerSignature, Outcome: SealOutcome.Holds })
        && signature.Checks.Where(IsOfContent).All(c => c.Outcome == SealOutcome.Holds);

    private static bool IsOfContent(SealCheck check) => check.Step is SealStep.Shape or SealStep.DataHash or SealStep.ContentType or SealStep.SignerSignature;

    private static PaperFile Unread(string name, PaperState state, string trouble) => new() { Name = name, Format = PaperFormat.Pdf, State = state, Trouble = trouble };
}
