import { Component, type ReactNode } from "react";

/** One bad row never takes the screen down: it is left out, and tried again when `tryAgain` changes. */
export class RowBoundary extends Component<
  { readonly tryAgain: unknown; readonly children: ReactNode },
  { readonly failedFor: unknown; readonly isFailed: boolean }
> {
  override state = { failedFor: undefined, isFailed: false };

  static getDerivedStateFromError(): { readonly isFailed: boolean } {
    return { isFailed: true };
  }

  override componentDidUpdate(previous: { readonly tryAgain: unknown }): void {
    if (this.state.isFailed && previous.tryAgain !== this.props.tryAgain) this.setState({ isFailed: false });
  }

  override render(): ReactNode {
    return this.state.isFailed ? null : this.props.children;
  }
}
