using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Checks of certificates and host names that are written so that they refuse nobody.</summary>
internal static class TrustShapes
{
    private static readonly HashSet<string> Managers = new(StringComparer.Ordinal) { "X509TrustManager", "X509ExtendedTrustManager", "TrustManager" };
    private static readonly HashSet<string> Hosts = new(StringComparer.Ordinal) { "HostnameVerifier", "X509HostnameVerifier", "AbstractVerifier" };
    private static readonly HashSet<string> Strategies = new(StringComparer.Ordinal) { "TrustStrategy" };
    private static readonly HashSet<string> Setters = new(StringComparer.Ordinal) { "setHostnameVerifier", "setSSLHostnameVerifier", "setDefaultHostnameVerifier", "hostnameVerifier", "loadTrustMaterial" };

    /// <returns>Places where a check refuses nobody.</returns>
    public static IEnumerable<CodePlace> Of(string path, JavaUnit unit)
    {
        foreach (var node in JavaWalk.All(unit))
        {
            var found = node switch
            {
                JavaTypeDeclaration type => Within(type.Implements.Concat(type.Extends), type.Members),
                JavaCreation { Body.IsDefault: false } creation => Within([creation.Type], creation.Body),
                JavaCall call when Setters.Contains(call.Name) => call.Arguments.OfType<JavaLambda>().Where(SaysYes).Select(l => l.Span),
                JavaLocalVariables locals => Assigned(locals.Type, locals.Variables),
                JavaField field => Assigned(field.Type, field.Variables),
                _ => [],
            };
            foreach (var span in found)
            {
                yield return new CodePlace(path, span.Start);
            }
        }
    }

    private static IEnumerable<JavaSpan> Assigned(JavaTypeSyntax type, ImmutableArray<JavaVariable> variables) =>
        type is JavaNamedType named && Last(named) is var name && (Hosts.Contains(name) || Strategies.Contains(name))
            ? variables.Select(v => v.Value).OfType<JavaLambda>().Where(SaysYes).Select(l => l.Span)
            : [];

    private static string Last(JavaNamedType type) => type.Name[(type.Name.LastIndexOf('.') + 1)..];

    private static IEnumerable<JavaSpan> Within(IEnumerable<JavaTypeSyntax> above, ImmutableArray<JavaMember> members)
    {
        var names = above.OfType<JavaNamedType>().Select(Last).ToList();
        var methods = members.OfType<JavaMethod>().Where(m => m.Body is not null);
        return names.Exists(Managers.Contains) ? methods.Where(m => m.Name == "checkServerTrusted" && RefusesNobody(m.Body!)).Select(m => m.NameSpan)
            : names.Exists(Hosts.Contains) ? methods.Where(m => m.Name == "verify" && (m.Returns is JavaNamedType { Name: "boolean" } ? IsYes(m.Body!) : RefusesNobody(m.Body!))).Select(m => m.NameSpan)
            : names.Exists(Strategies.Contains) ? methods.Where(m => m.Name == "isTrusted" && IsYes(m.Body!)).Select(m => m.NameSpan)
            : [];
    }

    /// <summary>Neither throws nor hands over to somebody who could.</summary>
    private static bool RefusesNobody(JavaBlock body) => !JavaWalk.All(body).Any(n => n is JavaThrow || (n is JavaCall call && !IsTalk(call)) || n is JavaCreation);

    private static bool IsTalk(JavaCall call) => call.Name is "println" or "print" or "debug" or "info" or "warn" or "error" or "trace" or "log" or "printStackTrace" or "getMessage" or "toString";

    private static bool SaysYes(JavaLambda lambda) => lambda.Body is JavaLiteral { Kind: JavaTokenKind.True } || (lambda.Body is JavaBlock block && IsYes(block));

    /// <summary>Every way out says true.</summary>
    private static bool IsYes(JavaBlock body)
    {
        var ends = JavaWalk.All(body).OfType<JavaReturn>().ToList();
        return ends.Count > 0 && ends.TrueForAll(r => r.Value is JavaLiteral { Kind: JavaTokenKind.True }) && !JavaWalk.All(body).Any(n => n is JavaThrow);
    }
}
