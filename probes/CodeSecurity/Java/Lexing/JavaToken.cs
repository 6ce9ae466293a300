using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A piece of a Java text after its Unicode escapes were read.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index after its last character.</param>
/// <param name="Text">Of identifiers and keywords: the word; else null.</param>
[StructLayout(LayoutKind.Auto)]
internal record struct JavaToken(JavaTokenKind Kind, int Start, int End, string? Text)
{
    /// <summary>Of a bracket: index of the token that closes or opens it, −1 where none does.</summary>
    public int Partner { get; set; } = -1;
}
