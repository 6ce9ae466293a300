using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Small whole files of many formats, made here byte by byte.</summary>
internal static class SampleFiles
{
    private const string ContentTypes = "[Content_Types].xml";

    public static byte[] Make(string key) => key switch
    {
        "ofd" => ZipForge.Clean(("OFD.xml", "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"/>"), ("Doc_0/Document.xml", "<a/>")),
        "pdf" => Pdf("1.7", ""),
        "xml" => Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?><归档/>"),
        "svg" => Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><!-- 图 --><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        "html" => Encoding.UTF8.GetBytes("\r\n<!doctype html>\n<p>页面"),
        "txt" => Encoding.UTF8.GetBytes("归档说明\r\n"),
        "png" => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]), .. Chunk("IDAT", ZLib([0, 0])), .. Chunk("IEND", [])],
        "jpeg" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0xD9],
        "gif" => [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B],
        "bmp" => [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], 1, 2, 3, 0],
        "tiff" => Tiff(),
        "wav" => [.. "RIFF"u8, 40, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, .. "data"u8, 4, 0, 0, 0, 0, 0, 0, 0],
        "mp4" => [0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 2, 0, 0, 0, 0, 8, .. "mdat"u8],
        "mp3" => [.. Enumerable.Repeat((byte[])[0xFF, 0xFB, 0x90, 0x64, .. new byte[413]], 4).SelectMany(f => f)],
        "doc" => Ole2("Root Entry", "WordDocument", "1Table"),
        "xls" => Ole2("Root Entry", "Workbook"),
        "ppt" => Ole2("Root Entry", "PowerPoint Document"),
        "docx" => Office("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
        "docm" => Office("application/vnd.ms-word.document.macroEnabled.main+xml", "word/vbaProject.bin"),
        "xlsx" => Office("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "pptx" => Office("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "ppt/embeddings/oleObject1.bin"),
        "odt" => ZipForge.Clean(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")),
        "zip" => ZipForge.Clean(("a.txt", "a")),
        "7z" => [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, .. new byte[24]],
        "gz" => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        "exe" => [.. "MZ"u8, 0x90, 0, .. new byte[56], 64, 0, 0, 0, .. "PE\0\0"u8, 0x64, 0x86, .. new byte[18], 0x0B, 2, .. new byte[40]],
        "elf" => [0x7F, .. "ELF"u8, 2, 1, 1, .. new byte[60]],
        "class" => [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 65, .. new byte[20]],
        "script" => Encoding.UTF8.GetBytes("#!/bin/sh\necho 1\n"),
        "rtf" => Encoding.ASCII.GetBytes("{\\rtf1 text}"),
        "eicar" => Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"),
        "empty" => [],
        "binary" => [1, 2, 3, 0, 200, 100, 7],
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "no such sample"),
    };

    /// <summary>One page, with further entries of its catalogue.</summary>
    public static byte[] Pdf(string version, string catalogue, string objects = "")
    {
        var body = $"%PDF-{version}\n1 0 obj\n<</Type/Catalog/Pages 2 0 R{catalogue}>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n{objects}";
        return Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{body}xref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 3>>\nstartxref\n{body.Length}\n%%EOF\n"));
    }

    /// <summary>An object stream, in which names are not seen before it is inflated.</summary>
    public static string Packed(string text) =>
        $"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>\nstream\r\n{Encoding.Latin1.GetString(ZLib(Encoding.Latin1.GetBytes(text)))}\nendstream\nendobj\n";

    public static byte[] Ole2(params string[] names)
    {
        var file = new byte[512 * 4];
        ((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(26), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(28), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(44), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(48), 1);
        file.AsSpan(76, 436).Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(76), 0);
        file.AsSpan(512, 512).Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(512), 0xFFFFFFFD);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(516), names.Length > 4 ? 2 : 0xFFFFFFFE);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(520), 0xFFFFFFFE);
        for (var i = 0; i < names.Length; i++)
        {
            var entry = file.AsSpan(1024 + (i * 128), 128);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(Encoding.Unicode.GetBytes(names[i], entry) + 2));
            entry[66] = (byte)(i == 0 ? 5 : 2);
        }

        return file;
    }

    private static byte[] Office(string mainType, string? part = null)
    {
        var forge = new ZipForge();
        forge.Add(ContentTypes, $"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/a.xml\" ContentType=\"{mainType}\"/></Types>");
        forge.Add("a.xml", "<a/>");
        if (part is not null)
        {
            forge.Add(part, "x");
        }

        return forge.ToBytes();
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] inner = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[inner.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        inner.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(inner));
        return chunk;
    }

    private static byte[] ZLib(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(plain);
        }

        return packed.ToArray();
    }

    private static byte[] Tiff()
    {
        byte[] Entry(ushort tag, ushort type, int value) => [.. BitConverter.GetBytes(tag), .. BitConverter.GetBytes(type), 1, 0, 0, 0, .. BitConverter.GetBytes(value)];
        return [.. "II*\0"u8, 8, 0, 0, 0, 4, 0, .. Entry(256, 4, 1), .. Entry(257, 4, 1), .. Entry(273, 4, 62), .. Entry(279, 4, 3), 0, 0, 0, 0, 1, 2, 3];
    }
}
