using System.Text;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>A file of nothing but UTF-8 text.</summary>
internal static class PlainPaper
{
    /// <summary>Of one file and of one material.</summary>
    public const int TextCap = 2_000_000;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="name">Shown.</param>
    /// <param name="bytes">Words of a language, as <see cref="Model.PaperShape"/> tells.</param>
    public static PaperFile Read(string name, byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            if (text.AsSpan().ContainsAny('\0', '\u001B') || text.StartsWith("{\\rtf", StringComparison.Ordinal))
            {
                return Unknown(name);
            }

            var plain = PlainText.Of(text);
            return new PaperFile
            {
                Name = name,
                Format = PaperFormat.PlainText,
                State = plain.Length > TextCap ? PaperState.ReadInPart : plain.Length == 0 ? PaperState.WithoutText : PaperState.Read,
                Trouble = plain.Length > TextCap ? $"文字超过 {TextCap} 字，后面的没有读" : null,
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

    private static PaperFile Unknown(string name) => new() { Name = name, Format = PaperFormat.Unknown, State = PaperState.NotReadable, Trouble = "是文字，但不是 UTF-8 的纯文本，要由人看" };
}
