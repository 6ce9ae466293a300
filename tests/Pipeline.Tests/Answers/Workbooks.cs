using System.IO.Compression;
using System.Text;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Workbooks with parts changed or added.</summary>
internal static class Workbooks
{
    public static byte[] Edit(byte[] workbook, string part, Func<string, string> edit, params (string Name, string Text)[] added)
    {
        using var buffer = new MemoryStream();
        buffer.Write(workbook);
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.GetEntry(part)!;
            string text;
            using (var reader = new StreamReader(entry.Open()))
            {
                text = reader.ReadToEnd();
            }

            var changed = edit(text);
            Assert.NotEqual(text, changed);
            entry.Delete();
            foreach (var (name, content) in added.Append((part, changed)))
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return buffer.ToArray();
    }
}
