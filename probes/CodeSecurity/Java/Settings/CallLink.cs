namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A call, creation, annotation or supertype of a file, with the call before it: <c>http.csrf().disable()</c> and <c>http.csrf(c -> c.disable())</c> are the same links.</summary>
/// <param name="Name">Of the method; <c>new X</c>, <c>@X</c> or <c>extends X</c> of the others.</param>
/// <param name="Arguments">What is known of each: constants, and names of calls and of constants elsewhere; empty where nothing is.</param>
/// <param name="Before">What it is called on; null where that is no call.</param>
internal sealed record CallLink(string Name, Lazy<IReadOnlyList<IReadOnlyList<string>>> Arguments, CallLink? Before)
{
    /// <summary>Index of the first character that names it.</summary>
    public required int At { get; init; }

    /// <summary>The variable at the beginning; null where there is none.</summary>
    public string? Variable { get; init; }

    /// <summary>Full name of its type; null where that is not known.</summary>
    public string? VariableType { get; init; }

    /// <summary>The statement it stands in; null outside of bodies.</summary>
    public JavaNode? Statement { get; init; }

    /// <summary>The member it stands in; null of what belongs to a type.</summary>
    public JavaNode? Member { get; init; }
}
