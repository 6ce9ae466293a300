using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The walk that writes records quickly says byte for byte what the serializer says, for every record a rule can name.</summary>
public sealed class RecordWritingTests
{
    private const int Deepest = 6;

    public static TheoryData<string> Records => [.. Product.Probes.Probes.Select(p => p.Manifest.Id)];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_record_is_written_as_the_serializer_writes_it(string probe)
    {
        var type = Product.Probes.Find(probe)!.Manifest.Observes;
        for (var seed = 0; seed < 12; seed++)
        {
            var record = new Invention(seed).Of(type, 0);

            Assert.Equal(JsonSerializer.Serialize(record, type, ObservationJson.Options) + "\n", System.Text.Encoding.UTF8.GetString(ObservationJson.ToFile(record)));
            Assert.Equal(JsonSerializer.Serialize(record, type, ObservationJson.Compact), ObservationJson.ToElement(record).GetRawText());
        }
    }

    /// <summary>Instances with every member filled or missing by turns; deterministic for a seed.</summary>
    private sealed class Invention(int seed)
    {
        private static readonly string[] Texts = ["", "a", "中文「引号」", "<&>\"\\\u0001\n", "\ud83d\ude00", "é"];

        private int _turn = seed * 7919;

        public object? Of(Type type, int depth)
        {
            if (Nullable.GetUnderlyingType(type) is { } inner)
            {
                return Next(3) == 0 ? null : Of(inner, depth);
            }

            if (type.IsEnum)
            {
                var values = Enum.GetValues(type);
                return values.GetValue(Next(values.Length));
            }

            if (type == typeof(string))
            {
                return Texts[Next(Texts.Length)];
            }

            return type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 1 + Next(28), 1, 2, 3, TimeSpan.FromHours(Next(9)))
                : type == typeof(DateOnly) ? new DateOnly(2026, 1, 1 + Next(28))
                : type == typeof(TimeSpan) ? TimeSpan.FromSeconds(Next(900))
                : type == typeof(bool) ? Next(2) == 0
                : type == typeof(JsonElement) ? JsonElement.Parse("""{"a":[1,null,"x"]}""")
                : type.IsPrimitive || type == typeof(decimal) ? Convert.ChangeType(Next(100) + (type == typeof(double) ? 0.5 : 0), type, CultureInfo.InvariantCulture)
                : Composite(type, depth);
        }

        private object? Composite(Type type, int depth)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Fact<>))
            {
                return Next(4) == 0 || depth > Deepest ? Activator.CreateInstance(type) : Activator.CreateInstance(type, Of(type.GetGenericArguments()[0], depth + 1));
            }

            if (depth > Deepest && type.IsClass && !typeof(IEnumerable).IsAssignableFrom(type))
            {
                return null;
            }

            if (typeof(IDictionary).IsAssignableFrom(type) || type.Name.Contains("Dictionary", StringComparison.Ordinal))
            {
                return Dictionary(type, depth);
            }

            return typeof(IEnumerable).IsAssignableFrom(type) ? List(type, depth) : Filled(type, depth);
        }

        private IDictionary Dictionary(Type type, int depth)
        {
            var made = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments()))!;
            for (var i = Next(3); i > 0; i--)
            {
                made[Of(type.GetGenericArguments()[0], depth + 1)!] = Of(type.GetGenericArguments()[1], depth + 1);
            }

            return made;
        }

        private Array List(Type type, int depth)
        {
            var element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
            var items = Array.CreateInstance(element, depth > Deepest ? 0 : Next(3));
            for (var i = 0; i < items.Length; i++)
            {
                items.SetValue(Of(element, depth + 1), i);
            }

            return items;
        }

        private object Filled(Type type, int depth)
        {
            var made = RuntimeHelpers.GetUninitializedObject(type);
            for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
            {
                foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                {
                    field.SetValue(made, Of(field.FieldType, depth + 1));
                }
            }

            return made;
        }

        private int Next(int below)
        {
            _turn = unchecked((_turn * 1103515245) + 12345);
            return (int)(((uint)_turn >> 8) % (uint)below);
        }
    }
}
