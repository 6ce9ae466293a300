using System.Text;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>A file of nothing but UTF-8 text.</summary>
internal static class PlainPaper
{
    public const int TextCap = 2_000_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static PaperFile Read(string name, byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                return Unknown(name);
            }

            var plain = PlainText.Of(text);
            return new PaperFile
            {
                Name = name,
                Format = PaperFormat.PlainText,
                State = plain.Length > TextCap ? PaperState.ReadInPart : plain.Length == 0 ? PaperState.WithoutText : PaperState.Read,
                Text = plain.Length > TextCap ? plain[..TextCap] : plain,
                Signatures = 0,
                HasPictures = false,
            };
        }
        catch (DecoderFallbackException)
        {
            return Unknown(name);
        }
    }

    private static PaperFile Unknown(string name) => new() { Name = name, Format = PaperFormat.Unknown, State = PaperState.NotReadable, Trouble = "认不出是什么文件" };
}
