using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.AcroForms.Fields;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>A PDF file. The library cannot be interrupted, so it runs on a thread of its own that is left behind when time is up.</summary>
internal static class PdfPaper
{
    private const int MostPages = 500;
    private const int MostNesting = 32;
    private const int StackBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static PaperFile Read(string name, byte[] bytes, CancellationToken stop)
    {
        PaperFile? read = null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var thread = new Thread(() => read = Opened(name, bytes, over.Token), StackBytes) { IsBackground = true };
        thread.Start();
        if (!thread.Join(Limit))
        {
            over.Cancel();
            return new PaperFile { Name = name, Format = PaperFormat.Pdf, State = PaperState.NotReadable, Trouble = $"{Limit.TotalSeconds:0} 秒内没有读完" };
        }

        stop.ThrowIfCancellationRequested();
        return read ?? Corrupt(name);
    }

    private static PaperFile Opened(string name, byte[] bytes, CancellationToken stop)
    {
        try
        {
            using var document = PdfDocument.Open(bytes, new ParsingOptions { UseLenientParsing = true, MaxStackDepth = 256 });
            return Read(name, document, stop);
        }
        catch (PdfDocumentEncryptedException)
        {
            return new PaperFile { Name = name, Format = PaperFormat.Pdf, State = PaperState.Encrypted, Trouble = "设有打开口令的 PDF" };
        }
#pragma warning disable CA1031 // a library on strangers' bytes: whatever it throws, the file is one that cannot be read
        catch (Exception)
        {
            return Corrupt(name);
        }
#pragma warning restore CA1031
    }

    private static PaperFile Read(string name, PdfDocument document, CancellationToken stop)
    {
        var text = new StringBuilder();
        var withoutText = 0;
        var hasPictures = false;
        var pages = Math.Min(document.NumberOfPages, MostPages);
        for (var i = 1; i <= pages && text.Length <= PlainPaper.TextCap; i++)
        {
            stop.ThrowIfCancellationRequested();
            var page = document.GetPage(i);
            var words = PlainText.Of(ContentOrderTextExtractor.GetText(page));
            withoutText += words.Length == 0 ? 1 : 0;
            hasPictures = hasPictures || page.NumberOfImages > 0;
            text.Append(words);
        }

        var isCut = document.NumberOfPages > MostPages || text.Length > PlainPaper.TextCap;
        return new PaperFile
        {
            Name = name,
            Format = PaperFormat.Pdf,
            State = text.Length == 0 ? PaperState.WithoutText : isCut || withoutText > 0 ? PaperState.ReadInPart : PaperState.Read,
            Trouble = text.Length == 0 ? "没有文字，多半是扫描件，要由人看" : isCut ? $"只读了前 {pages} 页" : withoutText > 0 ? $"{withoutText} 页没有文字，多半是扫描页，要由人看" : null,
            Text = text.Length > PlainPaper.TextCap ? text.ToString(0, PlainPaper.TextCap) : text.ToString(),
            Pages = document.NumberOfPages,
            Signatures = SignaturesOf(document),
            HasPictures = hasPictures,
        };
    }

    private static int SignaturesOf(PdfDocument document) =>
        document.TryGetForm(out var form) ? form.Fields.SelectMany(f => Leaves(f, MostNesting)).OfType<AcroSignatureField>().Count(f => f.Dictionary.ContainsKey(NameToken.V)) : 0;

    private static IEnumerable<AcroFieldBase> Leaves(AcroFieldBase field, int deeper) =>
        field is AcroNonTerminalField parent && deeper > 0 ? parent.Children.SelectMany(c => Leaves(c, deeper - 1)) : [field];

    private static PaperFile Corrupt(string name) => new() { Name = name, Format = PaperFormat.Pdf, State = PaperState.Corrupt, Trouble = "PDF 结构损坏" };
}
