using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A method with a place in a type.</summary>
/// <param name="Owner">The type.</param>
/// <param name="Syntax">Its declaration.</param>
/// <param name="ParameterTypes">Full names; null where they are not known.</param>
/// <param name="ReturnType">Full name; null where it is not known.</param>
internal sealed record ProgramMethod(JavaDeclaredType Owner, JavaMethod Syntax, IReadOnlyList<string?> ParameterTypes, string? ReturnType)
{
    public bool IsStatic => Syntax.Modifiers.HasFlag(JavaModifiers.Static);

    public bool Takes(int arguments) =>
        Syntax.Parameters.Length == arguments || (Syntax.Parameters is [.., { IsVariable: true }] && arguments >= Syntax.Parameters.Length - 1);

    public bool Equals(ProgramMethod? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
