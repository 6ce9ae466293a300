using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the text of an exception can tell, by what was attempted.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Stands in beginnings that say no more than what was wrong with what the sender himself sent.</summary>
    public const string OfReading = "只出在读入或解析，未必有内部信息";

    [GeneratedRegex("^(?:parse|read|unmarshal|deserialize|decode)[A-Za-z]*$|^(?:xml|json|str|string|text)To[A-Z][A-Za-z]*$|^from(?:Json|Xml|JSON|XML)$|^to(?:Bean|Map|List|Object)$", RegexOptions.NonBacktracking)]
    private static partial Regex Reading();

    [GeneratedRegex("^(?:getInputStream|getReader|getBytes|getParameter|getCharacterEncoding|getContentLength|toString|trim|valueOf|length|close|isEmpty|isBlank)$", RegexOptions.NonBacktracking)]
    private static partial Regex Fetches();

    /// <summary>Libraries that say of what they look at only what is wrong with it.</summary>
    [GeneratedRegex(@"^(?:com\.auth0\.jwt|io\.jsonwebtoken|com\.nimbusds\.(?:jose|jwt)|org\.jose4j|cn\.hutool\.jwt|(?:javax|jakarta)\.validation)(?:\.|$)", RegexOptions.NonBacktracking)]
    private static partial Regex Verifiers();

    [GeneratedRegex("^(?:verify|validate|parseClaimsJws|parseSignedClaims|process)$", RegexOptions.NonBacktracking)]
    private static partial Regex Verifying();

    [GeneratedRegex("^(?:HMAC|RSA|ECDSA)[0-9]+$|^(?:require|with|accept)[A-Z][A-Za-z]*$|^(?:require|build|parser|parserBuilder|setSigningKey|verifyWith|hmacShaKeyFor)$", RegexOptions.NonBacktracking)]
    private static partial Regex Preparing();

    [GeneratedRegex("^(?:get|is)[A-Z][A-Za-z]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    /// <summary>Names of parts that are looked for elsewhere, where something else can fail.</summary>
    [GeneratedRegex("Connection|Session|Stream|MetaData|Bean|Instance|Database|File|Resource|Remote|Result", RegexOptions.NonBacktracking)]
    private static partial Regex Outside();

    /// <summary>A method of the tree, which may do anything: of the class itself, of one that is named, or of what a field or variable holds.</summary>
    private bool IsOfTree(JavaCall call) => call.Target switch
    {
        null => true,
        JavaName { Name: var name } => _program.Find(_program.Resolve(name, _type)) is not null || _program.Find(TypeWritten(name)) is not null,
        JavaSelect { Name: var name } => _program.Find(TypeWritten(name)) is not null,
        _ => false,
    };

    private string? TypeWritten(string name) =>
        _program.Field(_type, name) is { } field ? _program.NameOf(field.Syntax.Type, field.Owner)
        : JavaWalk.All(_uses.Code).OfType<JavaLocalVariables>().FirstOrDefault(l => l.Variables.Any(v => v.Name == name)) is { } local ? _program.NameOf(local.Type, _type)
        : _method.Syntax.Parameters.FirstOrDefault(p => p.Name == name) is { Type: { } given } ? _program.NameOf(given, _type) : null;

    /// <summary>The exception was caught where nothing was done but to read what came in.</summary>
    private bool IsOfReading(CallSite site) => site.ReceiverSyntax is JavaName { Name: var caught }
        && JavaWalk.All(_uses.Code).OfType<JavaTry>().Any(t => t.Catches.Any(c => c.Name == caught && c.Body.Span.Has(site.Span.Start)) && OnlyReads(t));

    private bool OnlyReads(JavaTry attempt)
    {
        var (isRead, verifies) = (false, _type.Unit.Imports.Any(i => Verifiers().IsMatch(i.Name)));
        foreach (var call in attempt.Resources.SelectMany(JavaWalk.All).Concat(JavaWalk.All(attempt.Body)).OfType<JavaCall>())
        {
            var reads = Reading().IsMatch(call.Name) || call is { Name: "toString", Arguments.Length: > 0 } || (verifies && Verifying().IsMatch(call.Name) && !IsOfTree(call));
            if (!reads && !Fetches().IsMatch(call.Name) && !(verifies && IsBesideVerifying(call)))
            {
                return false;
            }

            isRead |= reads;
        }

        return isRead;
    }

    /// <summary>It gets ready what is verified, or takes a part of it.</summary>
    private static bool IsBesideVerifying(JavaCall call) => Preparing().IsMatch(call.Name) || (call is { Arguments.Length: 0 } && Part().IsMatch(call.Name) && !Outside().IsMatch(call.Name));
}
