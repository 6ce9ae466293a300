using System.Buffers.Text;
using System.Security.Cryptography;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Reads an encapsulated package of DA/T 48-2009: one XML file with the content in it.</summary>
internal static class EepReading
{
    private const int SizeCap = 64 * 1024 * 1024;
    private const int MaxFiles = 20_000;

    public static void Read(string path, PackageReading reading, EepForm? signedForm, SealTrust trust, CancellationToken stop)
    {
        reading.MetadataPath = reading.Name;
        var bytes = RegularFile.Read(path, SizeCap);
        var (root, fault) = bytes.Length > SizeCap ? (null, $"超过 {SizeCap / 1024 / 1024} MiB，没有读") : PackageMarkup.Read(bytes, stop);
        if (root is null)
        {
            reading.Unreadable.Add((reading.Name, fault!));
            return;
        }

        reading.ReadableMetadata = 1;
        reading.Metadata = root;
        reading.Files.Add(new PackageFile { Path = reading.Name, Bytes = bytes.Length, IsOwn = true, Sm3 = reading.Digests["SM3"], Sha256 = reading.Digests["SHA-256"], Format = Own(root) });
        foreach (var (entity, i) in PackageMarkup.Named(root, "文件实体").Select((e, i) => (e, i)))
        {
            reading.Records.Add(new MetadataRecord(i == 0 ? reading.Name : $"{reading.Name} 第 {i + 1} 个文件实体", Values(entity, reading.Name)));
        }

        var elements = PackageMarkup.Named(root, "编码").Take(MaxFiles + 1).ToList();
        reading.ListedCut = elements.Count > MaxFiles ? $"编码超过 {MaxFiles} 个，只读了前 {MaxFiles} 个" : null;
        var encodings = elements.Take(MaxFiles).Select(e => Encoded(e, stop)).ToList();
        reading.Listed = [.. encodings.Where(e => !e.IsReference).Select(e => e.Listed)];
        reading.Files.AddRange(encodings.Where(e => e.File is not null).Select(e => e.File!));
        reading.Eep = new EepChecking(root, encodings, reading.ListedCut, new EepSignatures(root, new EepSource(bytes, stop), signedForm, trust)).All();
    }

    private static SeenFormat Own(XElement root)
    {
        var vetoes = MarkupVetoes.Of(root);
        return new SeenFormat("XML", "XML") { IsOpened = true, IsEncrypted = vetoes.Contains(FormatVeto.Encrypted), Vetoes = [.. vetoes.Where(v => v != FormatVeto.Encrypted).Select(EnumWords.Say)] };
    }

    /// <summary>Values of a record without its files.</summary>
    private static List<NamedValue> Values(XElement entity, string source) =>
        [.. entity.Descendants().Where(e => !e.HasElements && !e.Ancestors().Any(a => a.Name.LocalName == "文件数据")).Select(e => new NamedValue(e.Name.LocalName, e.Value, source))];

    private static EepEncoding Encoded(XElement element, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var name = Inside(element, "计算机文件名")?.Trim() ?? "";
        var data = element.Elements().FirstOrDefault(e => e.Name.LocalName == "编码数据");
        var text = string.Concat((data?.Value ?? "").Where(c => !char.IsWhiteSpace(c)));
        var isReference = text.Length == 0 && data?.Attributes().Any(a => a.Name.LocalName == "引用编码数据ID") == true;
        var decoded = Base64.IsValid(text) && text.Length > 0 ? Convert.FromBase64String(text) : null;
        var listed = new ListedFile(name) { Size = Inside(element, "计算机文件大小")?.Trim(), Format = Inside(element, "格式信息")?.Trim(), IsAttachment = element.Ancestors().FirstOrDefault(a => a.Name.LocalName == "文档") is { } document && Inside(document, "文档主从声明")?.Trim() == "附属文档" };
        if (decoded is null)
        {
            return new EepEncoding(element, listed, null, text, isReference);
        }

        var content = ContentReading.Of(new MemoryStream(decoded, writable: false), decoded.Length, hashes: false, [], stop);
        return new EepEncoding(element, listed, new PackageFile
        {
            Path = name, Bytes = decoded.Length, Sm3 = Convert.ToHexStringLower(Sm3.HashData(decoded)), Sha256 = Convert.ToHexStringLower(SHA256.HashData(decoded)), Format = ContentFormats.Of(null, null, content, stop),
        }, text, isReference);
    }

    private static string? Inside(XElement element, string name) => element.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
}

/// <summary>One 编码: one computer file.</summary>
/// <param name="Element">Where it stands.</param>
/// <param name="Listed">What its attributes say.</param>
/// <param name="File">The decoded file; null where it does not decode.</param>
/// <param name="Text">The Base64 text without blanks.</param>
/// <param name="IsReference">It takes the data of another one.</param>
internal sealed record EepEncoding(XElement Element, ListedFile Listed, PackageFile? File, string Text, bool IsReference);
