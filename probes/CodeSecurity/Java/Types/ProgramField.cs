using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A variable of a type.</summary>
internal sealed record ProgramField(JavaDeclaredType Owner, JavaField Syntax, JavaVariable Variable, bool IsStatic, bool IsFinal)
{
    public string Key => Owner.FullName + "." + Variable.Name;

    public bool Equals(ProgramField? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
