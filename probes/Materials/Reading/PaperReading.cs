using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Reads the files of a material once for all probes of a run.</summary>
internal static class PaperReading
{
    private const int MostFiles = 100;
    private const int FileCap = 64 * 1024 * 1024;

    public static Task<Paper> OfAsync(Document target, ProbeContext context, CancellationToken stop) =>
        context.Shared.GetAsync($"materials.paper {target.TargetId}", token => Task.Run(() => Read(target, context.Seals, token), token), stop);

    private static Paper Read(Document target, IPaperSeals seals, CancellationToken stop)
    {
        var tree = FileTree.At(target.Path);
        var names = tree.List(MostFiles, out var isWhole);
        if (names.Count == 0 || !isWhole)
        {
            throw new UnableException(FailureKind.BadInput, names.Count == 0 ? $"{target.DisplayName} 里没有文件" : $"{target.DisplayName} 里的文件超过 {MostFiles} 个，或有目录读不了");
        }

        var files = new List<PaperFile>();
        var room = PlainPaper.TextCap;
        var why = "";
        foreach (var name in names)
        {
            var file = why.Length > 0 ? new PaperFile { Name = name, Format = PaperFormat.Unknown, State = PaperState.TooLarge, Trouble = why } : ReadFile(tree, name, seals, stop);
            file = file.Text.Length <= room ? file : file with { State = PaperState.ReadInPart, Text = file.Text[..room], Trouble = $"这项材料的文字超过 {PlainPaper.TextCap} 字，后面的没有读" };
            room -= file.Text.Length;
            why = why.Length > 0 ? why : file.IsOverTime ? $"{name} 没有在时限内读完，这项材料其余的文件没有读" : room == 0 ? $"这项材料的文字超过 {PlainPaper.TextCap} 字，没有读" : "";
            files.Add(file);
        }

        return new Paper(files);
    }

    private static PaperFile ReadFile(FileTree tree, string name, IPaperSeals seals, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        byte[] bytes;
        using (var stream = tree.OpenRead(name))
        {
            if (stream.Length > FileCap)
            {
                return new PaperFile { Name = name, Format = PaperFormat.Unknown, State = PaperState.TooLarge, Trouble = $"{stream.Length} 字节，超过上限 {FileCap} 字节，没有读" };
            }

            bytes = new byte[stream.Length];
            try
            {
                stream.ReadExactly(bytes);
            }
            catch (IOException)
            {
                return new PaperFile { Name = name, Format = PaperFormat.Unknown, State = PaperState.NotReadable, Trouble = "读的时候出错" };
            }
        }

        return Read(name, bytes, seals, stop);
    }

    /// <summary>By its bytes; the name's ending decides nothing. What has the shape of no document is nothing that was read.</summary>
    internal static PaperFile Read(string name, byte[] bytes, IPaperSeals seals, CancellationToken stop) => PaperShape.Of(bytes) switch
    {
        PaperForm.Pdf => PdfPaper.Read(name, bytes, stop),
        PaperForm.Ofd => ZippedPaper.Read(name, bytes, seals, stop),
        PaperForm.Office => IsPacked(bytes) ? ZippedPaper.Read(name, bytes, seals, stop) : OldOffice(name, bytes),
        PaperForm.Picture => new PaperFile { Name = name, Format = PaperFormat.Picture, State = PaperState.WithoutText, Trouble = "图片，文字与印章要由人看" },
        PaperForm.Recording => new PaperFile { Name = name, Format = PaperFormat.Recording, State = PaperState.NotReadable, Trouble = "音视频，要由人看" },
        PaperForm.Text => PlainPaper.Read(name, bytes),
        _ => Shapeless(name, bytes),
    };

    /// <summary>The beginning of a PDF or packed file whose end is missing is a torn one; anything else is nobody's to call broken.</summary>
    private static PaperFile Shapeless(string name, byte[] bytes)
    {
        var (isPdf, isPacked) = (bytes.AsSpan().StartsWith("%PDF-"u8), IsPacked(bytes));
        var isTorn = (isPdf && bytes.AsSpan().LastIndexOf("%%EOF"u8) < 0) || (isPacked && bytes.AsSpan().LastIndexOf("PK\x05\x06"u8) < 0);
        return isTorn
            ? new PaperFile { Name = name, Format = isPdf ? PaperFormat.Pdf : PaperFormat.Unknown, State = PaperState.Corrupt, Trouble = "文件不完整：有开头没有结尾" }
            : new PaperFile { Name = name, Format = PaperFormat.Unknown, State = PaperState.NotReadable, Trouble = isPacked ? "是压缩包，不是 Office 文档或 OFD；请把里面的文件单独列出" : "不像一份文件，要由人看" };
    }

    private static bool IsPacked(byte[] bytes) => bytes.AsSpan().StartsWith("PK\x03\x04"u8);

    /// <summary>What Office encrypts it wraps into the old container.</summary>
    private static PaperFile OldOffice(string name, byte[] bytes) => bytes.AsSpan().IndexOf(System.Text.Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
        ? new PaperFile { Name = name, Format = PaperFormat.Word, State = PaperState.Encrypted, Trouble = "设有打开口令的 Office 文件" }
        : new PaperFile { Name = name, Format = PaperFormat.OldOffice, State = PaperState.NotReadable, Trouble = "旧版 Office 文件，请另存为 docx、xlsx 或 PDF 再交" };
}
