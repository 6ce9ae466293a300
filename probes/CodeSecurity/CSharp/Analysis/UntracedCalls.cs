using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <param name="Class">Of the defect it may be.</param>
/// <param name="File">From the root of the tree.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="What">Name of what is called.</param>
internal sealed record UntracedCall(WeaknessClass Class, string File, int Line, string What);

/// <summary>Calls that hand text to a page, ask for an address or send a file, and that no engine follows input into. What they are given is not fixed by the code: whether it comes from outside, people must see.</summary>
internal sealed partial class UntracedCalls(SemanticModel model, CancellationToken stop)
{
    private const int Depth = 6;

    private static readonly HashSet<string> Requests = new(StringComparer.Ordinal)
    {
        "GetAsync", "GetStringAsync", "GetByteArrayAsync", "GetStreamAsync", "GetFromJsonAsync", "PostAsync", "PostAsJsonAsync", "PutAsync", "PutAsJsonAsync", "PatchAsync", "DeleteAsync",
        "DownloadString", "DownloadData", "DownloadFile", "OpenRead", "DownloadStringTaskAsync", "DownloadDataTaskAsync", "DownloadFileTaskAsync", "OpenReadTaskAsync",
    };

    private static readonly HashSet<string> PageTexts = new(StringComparer.Ordinal) { "HtmlString", "MvcHtmlString", "MarkupString" };

    /// <exception cref="OperationCanceledException">The clock stopped.</exception>
    public static IReadOnlyList<UntracedCall> In(CSharpCompilation compilation, CancellationToken stop)
    {
        var found = new List<UntracedCall>();
        foreach (var tree in compilation.SyntaxTrees.Where(t => t.FilePath.Length > 0))
        {
            var calls = new UntracedCalls(compilation.GetSemanticModel(tree), stop);
            found.AddRange(tree.GetRoot(stop).DescendantNodes().Select(calls.Of).OfType<UntracedCall>());
        }

        return found;
    }

    private UntracedCall? Of(SyntaxNode node)
    {
        stop.ThrowIfCancellationRequested();
        var (kind, what) = node switch
        {
            InvocationExpressionSyntax call => OfCall(call),
            BaseObjectCreationExpressionSyntax made => OfNew(made),
            CastExpressionSyntax cast when LastName(cast.Type) is "MarkupString" && !IsFixed(cast.Expression) => (WeaknessClass.Injection, "(MarkupString)"),
            _ => default((WeaknessClass, string?)),
        };
        return what is null ? null : new UntracedCall(kind, node.SyntaxTree.FilePath, node.SyntaxTree.GetLineSpan(node.Span, stop).StartLinePosition.Line + 1, what);
    }

    private (WeaknessClass Class, string? What) OfCall(InvocationExpressionSyntax call)
    {
        var (receiver, name) = call.Expression switch
        {
            MemberAccessExpressionSyntax member => (member.Expression, member.Name.Identifier.ValueText),
            MemberBindingExpressionSyntax bound => ((call.Parent as ConditionalAccessExpressionSyntax)?.Expression, bound.Name.Identifier.ValueText),
            SimpleNameSyntax plain => (null, plain.Identifier.ValueText),
            _ => ((ExpressionSyntax?)null, ""),
        };
        var given = call.ArgumentList.Arguments;
        if (given.Count == 0)
        {
            return default;
        }

        var isPage = name switch
        {
            "Content" or "Text" => given.Skip(1).Any(a => IsHtml(a.Expression)),
            "Raw" => given.Count == 1 && receiver is not null && LastName(receiver).EndsWith("html", StringComparison.OrdinalIgnoreCase),
            "Create" => receiver is not null && LastName(receiver) is "MvcHtmlString",
            _ => false,
        };
        var isRequest = (Requests.Contains(name) && receiver is not null && IsClient(receiver)) || (name is "Create" or "CreateHttp" && receiver is not null && LastName(receiver) is "WebRequest" or "HttpWebRequest");
        return (isPage && !IsFixed(given[0].Expression)) || (isRequest && !IsFixedAddress(given[0].Expression, Depth)) ? (WeaknessClass.Injection, name)
            : name is "WriteAsync" or "Write" && receiver is not null && IsResponse(receiver) && !given.Any(a => IsSerialized(a.Expression)) && !IsFixed(given[0].Expression) && !IsOtherContent(call) ? (WeaknessClass.Injection, "Response." + name)
            : name is "PhysicalFile" or "SendFileAsync" && !IsFixedPath(given[0].Expression) ? (WeaknessClass.File, name)
            : default;
    }

    private (WeaknessClass Class, string? What) OfNew(BaseObjectCreationExpressionSyntax made)
    {
        var name = made is ObjectCreationExpressionSyntax { Type: var type } ? LastName(type) : model.GetTypeInfo(made, stop).Type?.Name ?? "";
        if (name == "ContentResult" && made.Initializer is { } set)
        {
            var parts = set.Expressions.OfType<AssignmentExpressionSyntax>().ToLookup(a => a.Left.ToString(), a => a.Right, StringComparer.Ordinal);
            return parts["ContentType"].Any(IsHtml) && parts["Content"].Any(c => !IsFixed(c)) ? (WeaknessClass.Injection, name) : default;
        }

        return made.ArgumentList is not { Arguments: { Count: > 0 } given } ? default
            : PageTexts.Contains(name) && !IsFixed(given[0].Expression) ? (WeaknessClass.Injection, name)
            : name == "HttpRequestMessage" && given.Count > 1 && !IsFixedAddress(given[1].Expression, Depth) ? (WeaknessClass.Injection, name)
            : name == "PhysicalFileResult" && !IsFixedPath(given[0].Expression) ? (WeaknessClass.File, name)
            : default;
    }

    /// <summary>What is sent to the browser: <c>c.Response</c>, its body, the writer of it.</summary>
    private bool IsResponse(ExpressionSyntax receiver) => (LastName(receiver) is "Body" or "BodyWriter" && receiver is MemberAccessExpressionSyntax body ? body.Expression : receiver) is { } response
        && (model.GetTypeInfo(response, stop).Type is { TypeKind: not TypeKind.Error } type ? type.Name == "HttpResponse" && type.ContainingNamespace?.ToDisplayString().StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) == true : LastName(response) == "Response");

    private static bool IsSerialized(ExpressionSyntax code) => code is InvocationExpressionSyntax call && LastName(call.Expression) is "Serialize" or "SerializeObject" or "SerializeToUtf8Bytes" or "HtmlEncode";

    /// <summary>The function around it says that no page is sent, and nothing else.</summary>
    private bool IsOtherContent(InvocationExpressionSyntax call)
    {
        SyntaxNode? around = call.Ancestors().FirstOrDefault(a => a is AnonymousFunctionExpressionSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax);
        var set = (around ?? call.SyntaxTree.GetRoot(stop)).DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(a => LastName(a.Left) == "ContentType").ToList();
        return set.Count > 0 && set.TrueForAll(a => !IsHtml(a.Right) && Constant(a.Right) is { } type && !type.Contains("xml", StringComparison.OrdinalIgnoreCase) && !type.Contains("svg", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A type that the code does not say may be any.</summary>
    private bool IsHtml(ExpressionSyntax type) => Constant(type) is not { } known || known.Contains("html", StringComparison.OrdinalIgnoreCase);

    /// <summary>A client by its type; where the compiler does not know that, by its name.</summary>
    private bool IsClient(ExpressionSyntax receiver) => model.GetTypeInfo(receiver, stop).Type is { TypeKind: not TypeKind.Error } type
        ? type.Name is "HttpClient" or "WebClient" or "HttpMessageInvoker"
        : LastName(receiver) is var name && (name.Contains("http", StringComparison.OrdinalIgnoreCase) || name.EndsWith("client", StringComparison.OrdinalIgnoreCase));

    private string? Constant(ExpressionSyntax code) => model.GetConstantValue(code, stop) is { HasValue: true } known ? known.Value?.ToString() ?? "" : null;

    /// <summary>The code itself says what it is, or encodes it for the page.</summary>
    private bool IsFixed(ExpressionSyntax code) => Constant(code) is not null || (code is InvocationExpressionSyntax call && LastName(call.Expression) == "HtmlEncode");

    /// <summary>The code says at least which server it is.</summary>
    private bool IsFixedAddress(ExpressionSyntax code, int depth) => depth > 0 && (Constant(code) is not null || code switch
    {
        ParenthesizedExpressionSyntax inner => IsFixedAddress(inner.Expression, depth - 1),
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } given } made when LastName(made.Type) == "Uri" => IsFixedAddress(given[0].Expression, depth - 1),
        InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax first, ..] } => Server().IsMatch(first.TextToken.ValueText),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Constant(sum.Left) is { } left ? Server().IsMatch(left) : sum.Left is BinaryExpressionSyntax && IsFixedAddress(sum.Left, depth - 1),
        IdentifierNameSyntax name => Initial(name) is { } initial && IsFixedAddress(initial, depth - 1),
        _ => false,
    });

    /// <summary>A path that nothing from outside can lead elsewhere: constants under one folder, or names without their folders.</summary>
    private bool IsFixedPath(ExpressionSyntax code) => Constant(code) is not null || (code is InvocationExpressionSyntax call && LastName(call.Expression) switch
    {
        "Combine" or "Join" => call.ArgumentList.Arguments.Skip(1).All(a => IsFixedPath(a.Expression)),
        "GetFileName" => true,
        _ => false,
    });

    /// <summary>What a local is set to, where nothing else in its member sets it.</summary>
    private ExpressionSyntax? Initial(IdentifierNameSyntax name)
    {
        if (model.GetSymbolInfo(name, stop).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [var declared] } || declared.GetSyntax(stop) is not VariableDeclaratorSyntax { Initializer.Value: var value } || name.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return null;
        }

        // Statements of a program without a class are members of their own.
        SyntaxNode around = member is GlobalStatementSyntax { Parent: { } whole } ? whole : member;
        var isSetAgain = around.DescendantNodes().Any(n => n switch
        {
            AssignmentExpressionSyntax set => set.Left.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(i => i.Identifier.ValueText == name.Identifier.ValueText),
            ArgumentSyntax { RefKindKeyword.RawKind: not 0 } passed => passed.Expression is IdentifierNameSyntax other && other.Identifier.ValueText == name.Identifier.ValueText,
            _ => false,
        });
        return isSetAgain ? null : value;
    }

    private static string LastName(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        NullableTypeSyntax nullable => LastName(nullable.ElementType),
        InvocationExpressionSyntax call => LastName(call.Expression),
        _ => "",
    };

    [GeneratedRegex(@"^(https?://[\w.:-]+/|/\w|\w[\w.-]*/)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Server();

    /// <summary>A few places for people, and how many there are.</summary>
    public static IReadOnlyList<string> Say(IEnumerable<UntracedCall> calls, WeaknessClass kind)
    {
        const int shown = 10;
        var all = calls.Where(c => c.Class == kind).Distinct().OrderBy(c => c.File, StringComparer.Ordinal).ThenBy(c => c.Line).ToList();
        var few = all.Take(shown).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.File}:{c.Line} {c.What}"));
        return [.. few, .. all.Count > shown ? [string.Create(CultureInfo.InvariantCulture, $"等共 {all.Count} 处")] : Array.Empty<string>()];
    }
}
