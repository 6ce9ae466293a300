namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods that do one thing with texts and another with all else, such as writers of JSON.</summary>
internal sealed partial class MethodRun
{
    private const string PlainText = "java.lang.String";

    /// <summary>Which parameters of a method that asks whether they are texts are none at a call, by what stands written there.</summary>
    private bool[] NoTexts(ProgramMethod method, CallSite site)
    {
        if (site.Syntax.IsDefaultOrEmpty || _book.BodyOf(method) is not { } body || site.Syntax.Length > method.Syntax.Parameters.Length)
        {
            return [];
        }

        if (!_book.AskingTexts.TryGetValue(method, out var asks))
        {
            _book.AskingTexts[method] = asks = JavaWalk.All(body).OfType<JavaInstanceOf>().Any(t => t.Value is JavaName && AsksText(t, method.Owner));
        }

        return asks ? [.. site.Syntax.Select(IsOwnObject)] : [];
    }

    private bool AsksText(JavaInstanceOf test, JavaDeclaredType within) => test.Pattern is JavaTypePattern { Type: var asked } && _program.NameOf(asked, within) == PlainText;

    /// <summary>A variable of a class of the tree, of which there is one in the method; nothing that is below such a class is a text.</summary>
    private bool IsOwnObject(JavaExpression written) => written is JavaName { Name: var name } && _scopes.Find(name) >= 0 && _program.Field(_type, name) is null
        && (_uses.Of(name)?.Declarations ?? 0) < 2 && _program.Find(TypeWritten(name)) is { Syntax.Kind: JavaTypeKind.Class or JavaTypeKind.Record };

    /// <summary>It asks of a parameter nothing else is put into, and what was given for it is no text.</summary>
    private bool IsNoText(JavaInstanceOf test)
    {
        if (_context.NoTexts.Count == 0 || test.Value is not JavaName { Name: var name } || !AsksText(test, _type) || _uses.Of(name) is { Times: > 0 } or { Declarations: > 1 })
        {
            return false;
        }

        var at = _method.Syntax.Parameters.Select(p => p.Name).ToList().IndexOf(name);
        return at >= 0 && at < _context.NoTexts.Count && _context.NoTexts[at];
    }
}
