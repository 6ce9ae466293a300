using System.Security.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>An answers file in any of its faces, by the ending of its name: .yaml, .xlsx, .html.</summary>
public static class AnswerFile
{
    public const string Expected = ".yaml、.xlsx 或 .html";

    private const int SizeCap = 32 * 1024 * 1024;

    /// <summary>Most bytes of one attachment.</summary>
    public const int AttachmentCap = 64 * 1024 * 1024;

    public static bool IsKnown(string path) => Face(path) is not null;

    /// <exception cref="InputFaultException">It cannot be read, or has mistakes.</exception>
    public static AnswerSheet Read(string path)
    {
        var shown = Path.GetFileName(path);
        var bytes = Bytes(path, shown);
        try
        {
            return Face(path) switch
            {
                ".xlsx" => Turned(shown, AnswerTables.ToYaml(bytes)),
                ".html" => Turned(shown, AnswerForm.ToYaml(bytes)),
                ".yaml" => AnswerSheetReader.Read(shown, bytes),
                _ => throw Fault(shown, "答题文件的扩展名不对", Expected),
            };
        }
        catch (InvalidDataException broken)
        {
            throw Fault(shown, broken.Message, "由 securitycheck answers 写出的文件");
        }
    }

    /// <summary>A line of the YAML between says nothing to whoever filled in a table or a page: mistakes are told by their row.</summary>
    private static AnswerSheet Turned(string shown, string yaml)
    {
        try
        {
            return AnswerSheetReader.Read(shown, System.Text.Encoding.UTF8.GetBytes(yaml));
        }
        catch (InputFaultException broken)
        {
            var lines = yaml.Split('\n');
            throw new InputFaultException([.. broken.Faults.Select(f => f with { At = new SourcePosition(shown, 1, 1), Message = $"{YamlLines.RowOf(lines, f.At.Line)}{f.Message}" })]);
        }
    }

    /// <summary>The bytes of a sheet in the face of the path.</summary>
    public static byte[] Write(string path, AnswerSheet sheet, AnswerQuestions questions) => Face(path) switch
    {
        ".xlsx" => AnswerTables.Write(sheet, questions),
        ".html" => System.Text.Encoding.UTF8.GetBytes(AnswerForm.Write(sheet, questions)),
        _ => System.Text.Encoding.UTF8.GetBytes(AnswerSheetWriter.Write(sheet, questions)),
    };

    /// <summary>Looks for every attachment below the folder and compares its hash.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="find">Where a file lies; the second word is its hash, where one was recorded.</param>
    public static AnswerSheet WithAttachments(AnswerSheet sheet, Func<string, string?, string> find)
    {
        Attachment Look(Attachment file) => file with { State = StateOf(find(file.Path, file.Sha256), file.Sha256) };
        return sheet with
        {
            Documents = [.. sheet.Documents.Select(d => d.File is { } file ? d with { File = Look(file) } : d)],
            Answers = [.. sheet.Answers.Select(a => a with { Evidence = [.. a.Evidence.Select(Look)] })],
            Cases = [.. sheet.Cases.Select(c => c with { Evidence = [.. c.Evidence.Select(Look)] })],
        };
    }

    /// <summary>Hashes of files that are there and had none recorded.</summary>
    public static AnswerSheet WithHashes(AnswerSheet sheet, string folder)
    {
        Attachment Hashed(Attachment file) => file.Sha256 is null && Contents(Path.Combine(folder, file.Path)) is { } bytes ? file with { Sha256 = Hash(bytes) } : file;
        return sheet with
        {
            Documents = [.. sheet.Documents.Select(d => d.File is { } file ? d with { File = Hashed(file) } : d)],
            Answers = [.. sheet.Answers.Select(a => a with { Evidence = [.. a.Evidence.Select(Hashed)] })],
            Cases = [.. sheet.Cases.Select(c => c with { Evidence = [.. c.Evidence.Select(Hashed)] })],
        };
    }

    /// <summary>Every attachment, documents first.</summary>
    public static IEnumerable<Attachment> Attachments(AnswerSheet sheet) =>
        sheet.Documents.Select(d => d.File).OfType<Attachment>().Concat(sheet.Answers.SelectMany(a => a.Evidence)).Concat(sheet.Cases.SelectMany(c => c.Evidence));

    /// <summary>What lies at a place where an attachment should be.</summary>
    internal static AttachmentState StateOf(string path, string? hash)
    {
        var bytes = Contents(path);
        return bytes is null ? AttachmentState.Missing
            : hash is null ? AttachmentState.Unhashed
            : Hash(bytes) != hash ? AttachmentState.Changed
            : bytes.Length < EvidenceRule.Usual.FewestBytes ? AttachmentState.Scant
            : PaperShape.Of(bytes) is null || OwnFiles.Are(bytes) ? AttachmentState.Shapeless
            : AttachmentState.Present;
    }

    /// <summary>Null where there is no readable regular file, an empty one or one over the cap. Links are not followed: what lies behind one was not handed in.</summary>
    private static byte[]? Contents(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is not null)
            {
                return null;
            }

            var bytes = RegularFile.Read(path, AttachmentCap);
            return bytes.Length > AttachmentCap || IsBlank(bytes) ? null : bytes;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A file without a letter in it is no paper.</summary>
    internal static bool IsBlank(byte[] bytes) => bytes.AsSpan().IndexOfAnyExcept(" \t\r\n\0"u8) < 0;

    private static byte[] Bytes(string path, string shown)
    {
        try
        {
            var bytes = RegularFile.Read(path, SizeCap);
            return bytes.Length <= SizeCap ? bytes : throw Fault(shown, "文件太大", $"不超过 {SizeCap / 1024 / 1024} MiB");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Fault(shown, $"文件读不了：{(trouble is FileNotFoundException or DirectoryNotFoundException ? "不存在" : trouble.Message)}", "答题文件");
        }
    }

    private static string? Face(string path)
    {
        var ending = Path.GetExtension(path);
        return ending switch
        {
            ".yml" => ".yaml",
            ".htm" => ".html",
            ".yaml" or ".xlsx" or ".html" => ending,
            _ => null,
        };
    }

    private static InputFaultException Fault(string shown, string message, string expected) => new([new InputFault(new SourcePosition(shown, 1, 1), message, expected)]);
}
