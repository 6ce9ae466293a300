using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Marks by which a file tells analyzers to pass code over as generated: <c>[GeneratedCode]</c> and <c>#line hidden</c>. Anybody can write them.</summary>
internal static class GeneratedMarks
{
    /// <param name="tree">Parsed from the text.</param>
    /// <param name="text">Of the file.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <returns>The text with the marks made harmless, every place where it was; null where there are none.</returns>
    public static string? Without(SyntaxTree tree, string text, CancellationToken stop)
    {
        var root = tree.GetRoot(stop);
        var names = root.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText is "GeneratedCode" or "GeneratedCodeAttribute").Select(t => t.Span).ToList();
        var lines = root.DescendantTrivia().Select(t => t.GetStructure()).OfType<LineDirectiveTriviaSyntax>().Where(l => l.Line.IsKind(SyntaxKind.HiddenKeyword)).Select(l => l.HashToken.SpanStart).ToList();
        if (names.Count + lines.Count == 0)
        {
            return null;
        }

        var made = text.ToCharArray();
        names.ForEach(n => made.AsSpan(n.Start, n.Length).Fill('Q'));
        lines.ForEach(l => made.AsSpan(l, 2).Fill('/'));
        return new string(made);
    }
}
