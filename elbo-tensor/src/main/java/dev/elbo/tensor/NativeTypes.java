package dev.elbo.tensor;

import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How our types are called in libtorch. */
final class NativeTypes {
    private NativeTypes() {}

    static ScalarType of(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> ScalarType.Double;
            case FLOAT32 -> ScalarType.Float;
            case BFLOAT16 -> ScalarType.BFloat16;
            case FLOAT16 -> ScalarType.Half;
            case INT64 -> ScalarType.Long;
            case INT32 -> ScalarType.Int;
            case INT16 -> ScalarType.Short;
            case INT8 -> ScalarType.Char;
            case UINT8 -> ScalarType.Byte;
            case BOOL -> ScalarType.Bool;
        };
    }

    static DType of(ScalarType type) {
        return switch (type.intern()) {
            case Double -> DType.FLOAT64;
            case Float -> DType.FLOAT32;
            case BFloat16 -> DType.BFLOAT16;
            case Half -> DType.FLOAT16;
            case Long -> DType.INT64;
            case Int -> DType.INT32;
            case Short -> DType.INT16;
            case Char -> DType.INT8;
            case Byte -> DType.UINT8;
            case Bool -> DType.BOOL;
            default -> throw new IllegalStateException("Bug: a tensor of type " + type);
        };
    }

    static org.bytedeco.pytorch.Device of(Device device) {
        DeviceType type = device.kind() == Device.Kind.CPU ? DeviceType.CPU : DeviceType.CUDA;
        return new org.bytedeco.pytorch.Device(type, (byte) device.index());
    }

    static TensorOptions options(DType dtype, Device device) {
        return new TensorOptions().dtype(new ScalarTypeOptional(of(dtype))).device(new DeviceOptional(of(device)));
    }
}
