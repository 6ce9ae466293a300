namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>One file of a source tree, decoded.</summary>
/// <param name="Path">Relative to the tree, with forward slashes.</param>
/// <param name="Language">By name, and by content where the name says nothing.</param>
/// <param name="Text">The whole file; line ends as they stand.</param>
/// <param name="Charset">What it was decoded with: utf-8, gb18030, utf-16le …</param>
/// <param name="Lines">Number of lines.</param>
internal sealed record SourceFile(string Path, SourceLanguage Language, string Text, string Charset, int Lines);
